package dev.milvuso.trainer.evaluation;

import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.data.TextFile;
import dev.milvuso.trainer.model.TopItems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Ranks a held-out item among given negatives (He et al., Neural Collaborative Filtering, WWW 2017). A negative that
 * scores as high as the held-out item counts half: its rank is 1 + higher ones + half of the equal ones, and a rank
 * between two whole ones counts half for each.
 */
public record LeaveOneOut(TrainedModel model, Scorer scorer, int k) {
    /**
     * Evaluates every line {@code (user,positive)<TAB>negative<TAB>negative…}.
     *
     * @param heldOut the positive of every user, to check the file against; empty: not checked
     * @throws IllegalArgumentException naming file and line that cannot be read or do not fit
     */
    public EvaluationResult evaluate(Path negatives, Map<String, String> heldOut) {
        long started = System.nanoTime();
        int items = model.factors().items().size();
        EvaluationSums sums = new EvaluationSums(model, model.histories().usersOfItems(items), k);
        Map<String, String> missing = new HashMap<>(heldOut);
        try (TextFile lines = TextFile.open(negatives, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                number++;
                if (!text.isBlank()) {
                    NegativesLine line = NegativesLine.parse(text, negatives + " line " + number);
                    if (!heldOut.isEmpty()) {
                        line.check(missing.remove(line.user()), negatives + " line " + number);
                    }
                    rank(line, sums);
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(negatives + " cannot be read: " + e.getMessage(), e);
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(negatives + " has no line for user '"
                    + missing.keySet().iterator().next() + "' of the test file: must have one for every test user");
        }
        return sums.mean("leave-one-out", (System.nanoTime() - started) / 1e9);
    }

    private void rank(NegativesLine line, EvaluationSums sums) {
        int user = model.factors().users().find(line.user());
        int held = model.factors().items().find(line.positive());
        double own = scorer.score(user, held);
        TopItems top = new TopItems(k);
        int halves = 0;
        for (String negative : line.negatives()) {
            int item = model.factors().items().find(negative);
            double score = scorer.score(user, item);
            halves += score > own ? 2 : score == own ? 1 : 0;
            top.offer(item, score);
        }
        top.offer(held, own);
        // A sum of half-open ranks: 2 halves above are rank 2, 3 halves lie between ranks 2 and 3.
        sums.add(ListMeasures.ofOne(1 + halves / 2, k), 0.5);
        sums.add(ListMeasures.ofOne(1 + (halves + 1) / 2, k), 0.5);
        sums.addAuc(1 - halves / 2.0 / line.negatives().size());
        sums.addList(top.items());
        sums.addUnknown(user < 0, held < 0 ? 1 : 0);
    }
}
