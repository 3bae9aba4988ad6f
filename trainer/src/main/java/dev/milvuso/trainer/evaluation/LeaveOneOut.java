package dev.milvuso.trainer.evaluation;

import dev.milvuso.trainer.data.TextFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Ranks a held-out item among given negatives (He et al., Neural Collaborative Filtering, WWW 2017). An item that
 * scores as high as the held-out one counts half before it and half behind it.
 */
public record LeaveOneOut(int k, int catalogue, Map<String, Long> popularity, long trainingUsers) {
    private record Candidate(String item, double score) {}

    /** @throws IllegalArgumentException naming file and line that cannot be read */
    public Quality evaluate(Path negatives, Scorer scorer) {
        long started = System.nanoTime();
        QualitySums sums = new QualitySums(k, popularity, trainingUsers);
        try (var lines = TextFiles.open(negatives)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    user(line, negatives + " line " + number, scorer, sums);
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(negatives + " cannot be read: " + e.getMessage(), e);
        }
        return sums.mean("leave-one-out", catalogue, (System.nanoTime() - started) / 1e9);
    }

    private void user(String line, String where, Scorer scorer, QualitySums sums) {
        String[] fields = line.split("\t", -1);
        String pair = fields[0];
        int comma = pair.indexOf(',');
        if (!pair.startsWith("(") || !pair.endsWith(")") || comma < 0) {
            throw new IllegalArgumentException(where + ": must begin with (user,positive), then tabs and negatives");
        }
        String user = pair.substring(1, comma);
        String positive = pair.substring(comma + 1, pair.length() - 1);
        List<Candidate> candidates = new ArrayList<>();
        for (String item : Arrays.asList(fields).subList(1, fields.length)) {
            candidates.add(new Candidate(item, scorer.score(user, item)));
        }
        double own = scorer.score(user, positive);
        double above = 0;
        for (Candidate candidate : candidates) {
            above += candidate.score() > own ? 1 : candidate.score() == own ? 0.5 : 0;
        }
        sums.add(hitAt(above), 1);
        candidates.add(new Candidate(positive, own));
        candidates.sort(Comparator.comparingDouble(Candidate::score).reversed());
        sums.list(candidates.stream().limit(k).map(Candidate::item).toList());
    }

    private double[] hitAt(double rank) {
        double[] hits = new double[k];
        int below = (int) rank;
        double rest = rank - below;
        if (below < k) {
            hits[below] = 1 - rest;
        }
        if (below + 1 < k) {
            hits[below + 1] = rest;
        }
        return hits;
    }
}
