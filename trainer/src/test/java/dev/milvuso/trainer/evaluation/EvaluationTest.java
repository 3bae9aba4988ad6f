package dev.milvuso.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.trainer.batch.ModelDirectory;
import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.data.OnError;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.optimizer.Sgd;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A model of two numbers a row: a user's are (w, 1), an item's (v, bias), so a score is w·v + bias. User u has w = 1,
 * user d has w = -1; items a to e have v = 5, 4, 3, 2, 1 and no bias: u likes them in this order, d in the other. In
 * training u chose a, d chose a and e.
 */
final class EvaluationTest {
    private static final Offset<Double> ROUNDING = within(1e-9);

    @TempDir
    Path directory;

    private static TrainedModel model() {
        FactorModel factors = FactorModel.empty(2, new Sgd(), 0);
        set(factors.users(), "u", 1);
        set(factors.users(), "d", -1);
        int v = 5;
        for (String item : List.of("a", "b", "c", "d", "e")) {
            set(factors.items(), item, v--);
        }
        return new TrainedModel(factors, Histories.of(2, 3, new int[] {0, 1, 1}, new int[] {0, 0, 4}));
    }

    private static void set(ParameterTable table, String id, float value) {
        int row = table.findOrAdd(id);
        table.chunk(row)[table.offset(row)] = value;
    }

    private Path file(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path modelDirectory() {
        ModelDirectory place = new ModelDirectory(directory.resolve("model"));
        place.write(model());
        return place.path();
    }

    private EvaluationResult leaveOneOut(String test, String negatives, int k) {
        return Evaluation.leaveOneOut(modelDirectory(), file("test", test), file("negatives", negatives), k);
    }

    @Test
    void leaveOneOutOfTwoUsers() {
        // u: b, c, d, e, so c is second. d: d, c, b, so b is third, beyond k.
        EvaluationResult result = leaveOneOut("u\tc\t1\t1\nd\tb\t1\t1\n", "(u,c)\tb\td\te\n(d,b)\tc\td\n", 2);
        assertThat(result.protocol()).isEqualTo("leave-one-out");
        assertThat(result.users()).isEqualTo(2);
        assertThat(result.hr()).isEqualTo(0.5);
        assertThat(result.ndcg()).isCloseTo(0.5 * Math.log(2) / Math.log(3), ROUNDING);
        assertThat(result.precision()).isEqualTo(0.25);
        assertThat(result.recall()).isEqualTo(0.5);
        assertThat(result.map()).isEqualTo(0.25);
        assertThat(result.mrr()).isEqualTo(0.25);
        // Lists b c and d c: 3 of 5 items; of 2 places c is common. Nobody chose any of them: 1 bit each.
        assertThat(result.coverage()).isEqualTo(0.6);
        assertThat(result.diversity()).isEqualTo(0.5);
        assertThat(result.novelty()).isCloseTo(1, ROUNDING);
        assertThat(result.averagePopularity()).isZero();
        // u: 2 of 3 negatives score lower; d: none of 2. All vectors of one number point the same way.
        assertThat(result.auc()).isCloseTo((2.0 / 3 + 0) / 2, ROUNDING);
        assertThat(result.intraListDiversity()).isCloseTo(0, ROUNDING);
        // Listed 0, 0, 1, 1, 2 times: (−4·0 − 2·0 + 0·1 + 2·1 + 4·2) / (5 · 4).
        assertThat(result.gini()).isCloseTo(0.5, ROUNDING);
    }

    @Test
    void aTieCountsHalf() {
        // Items that the model does not know score 0, like the held-out one: one above (b), three alike.
        TrainedModel model = model();
        EvaluationResult result = new LeaveOneOut(model, Scorer.of(model.factors()), 3)
                .evaluate(file("negatives", "(u,new)\tb\tx\ty\tz\n"), Map.of());
        // Rank 1 + 1 + 3/2 = 3.5: half at rank 3, half at rank 4, which is beyond k.
        assertThat(result.hr()).isEqualTo(0.5);
        assertThat(result.ndcg()).isCloseTo(0.25, ROUNDING);
        assertThat(result.mrr()).isCloseTo(1.0 / 6, ROUNDING);
        // Of four negatives one is higher, three are alike.
        assertThat(result.auc()).isEqualTo(3 * 0.5 / 4);
        assertThat(result.users()).isEqualTo(1);
    }

    @Test
    void popularityIsTheSameOrderForEverybody() {
        TrainedModel model = model();
        Scorer popular = Scorer.popularity(model.histories().usersOfItems(5));
        // e was chosen once, a twice, c never: e is second for both.
        EvaluationResult result =
                new LeaveOneOut(model, popular, 5).evaluate(file("negatives", "(u,e)\ta\tc\n(d,e)\ta\tc\n"), Map.of());
        assertThat(result.mrr()).isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'(u,c)\tb\n(u,c)\tb\n(d,b)\tc'|line 2: user 'u' is not in the test file, or has two lines here",
                "'(u,c)\tb'|has no line for user 'd' of the test file",
                "'(u,b)\tc\n(d,b)\tc'|line 1: the positive of user 'u' is 'b', but 'c' in the test file",
                "'(u,c)\tb\n(d,b)'|line 2: must be (user,positive), then tabs and negatives",
                "'u,c\tb\n(d,b)\tc'|line 1: must be (user,positive), then tabs and negatives",
                "''|has no line for user",
            })
    void negativesThatDoNotFitTheTestAreRefused(String negatives, String message) {
        assertThatThrownBy(() -> leaveOneOut("u\tc\t1\t1\nd\tb\t1\t1\n", negatives, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(directory.resolve("negatives").toString())
                .hasMessageContaining(message);
    }

    @Test
    void aTestFileHoldsOneItemOfEachUser() {
        assertThatThrownBy(() -> leaveOneOut("u\tc\nu\tb\n", "(u,c)\tb\n", 2))
                .hasMessageContaining("line 2: user 'u' has a second held-out item");
        assertThatThrownBy(() -> leaveOneOut("", "(u,c)\tb\n", 2)).hasMessageContaining("is empty");
        assertThatThrownBy(() -> leaveOneOut("u\tc\n", "(u,c)\tb\n", 0)).hasMessage("k is 0: must be at least 1");
    }

    private EvaluationResult fullRanking(String test, int k) {
        return Evaluation.fullRanking(
                modelDirectory(),
                file("test", test),
                DataFormat.ADJACENCY,
                OnError.FAIL,
                ConfigLoader.defaults().actions(),
                k);
    }

    @Test
    void fullRankingLeavesOutWhatWasTrainedOn() {
        // u's list is b c (a was trained on and counts neither way); b and d are wanted, the unknown item is missed.
        EvaluationResult result = fullRanking("u a b d unknown\n", 2);
        double log2of3 = Math.log(3) / Math.log(2);
        assertThat(result.protocol()).isEqualTo("full-ranking");
        assertThat(result.users()).isEqualTo(1);
        assertThat(result.hr()).isEqualTo(1);
        assertThat(result.precision()).isEqualTo(0.5);
        assertThat(result.recall()).isCloseTo(1.0 / 3, ROUNDING);
        assertThat(result.ndcg()).isCloseTo(1 / (1 + 1 / log2of3), ROUNDING);
        assertThat(result.map()).isEqualTo(0.5);
        assertThat(result.mrr()).isEqualTo(1);
        assertThat(result.coverage()).isEqualTo(0.4);
        assertThat(result.diversity()).isZero();
        assertThat(result.unknownUsers()).isZero();
        assertThat(result.unknownItems()).isEqualTo(1);
        // Candidates b c d e: b is before c and e, d before e alone, the unknown one before none of the two.
        assertThat(result.auc()).isCloseTo(3.0 / 6, ROUNDING);
        assertThat(result.averagePopularity()).isZero();
        // b and c once, the other three never.
        assertThat(result.gini()).isCloseTo((2 + 4) / (5.0 * 2), ROUNDING);
    }

    @Test
    void aTestFileOfTrainingPairsAloneIsRefused() {
        assertThatThrownBy(() -> fullRanking("u a\n", 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing but what the model was trained on");
    }

    @Test
    void anUnknownUserGetsThePopularListAndOneWithNothingLeftIsNotCounted() {
        // Popular: a (2 users), e (1), then b, the first of those that nobody chose.
        EvaluationResult result = fullRanking("stranger e\nu a\n", 3);
        assertThat(result.users()).isEqualTo(1);
        assertThat(result.mrr()).isEqualTo(0.5);
        // a: both users, 0 bits. e and b: one of two, 1 bit (nobody counts as one).
        assertThat(result.novelty()).isCloseTo(2.0 / 3, ROUNDING);
        assertThat(result.averagePopularity()).isEqualTo(1);
        // e was chosen more often than b, c and d, less often than a.
        assertThat(result.auc()).isEqualTo(0.75);
    }

    @Test
    void blocksTilesAndCoresRankLikeALoop() throws IOException {
        int users = 300;
        int items = 1500;
        FactorModel factors = FactorModel.empty(6, new Sgd(), 5);
        SplittableRandom random = new SplittableRandom(6);
        StringBuilder test = new StringBuilder();
        int[] user = new int[users * 4];
        int[] item = new int[users * 4];
        for (int i = 0; i < items; i++) {
            factors.items().findOrAdd("i" + i);
        }
        for (int u = 0; u < users; u++) {
            factors.users().findOrAdd("u" + u);
            test.append("u").append(u);
            for (int n = 0; n < 4; n++) {
                user[u * 4 + n] = u;
                item[u * 4 + n] = random.nextInt(items);
                test.append(" i").append(random.nextInt(items));
            }
            test.append('\n');
        }
        TrainedModel model = new TrainedModel(factors, Histories.of(users, users * 4, user, item));
        PositivePairs pairs = PositivePairs.read(
                List.of(file("test", test.toString())),
                DataFormat.ADJACENCY,
                OnError.FAIL,
                ConfigLoader.defaults().actions());
        EvaluationResult result = new FullRanking(model, Scorer.of(factors), 20).evaluate(pairs);

        List<String> lines = test.toString().lines().toList();
        double hits = 0;
        for (int u = 0; u < users; u++) {
            List<String> wanted = List.of(lines.get(u).split(" ", -1));
            hits += model.recommend("u" + u, 20).recommendations().stream()
                    .filter(entry -> wanted.contains(entry.itemId()))
                    .count();
        }
        assertThat(hits).isPositive();
        assertThat(result.precision()).isCloseTo(hits / users / 20, ROUNDING);
    }

    @Test
    void theResultHasTheNamesThatScriptsRelyOn() {
        JsonNode json = new ObjectMapper().valueToTree(fullRanking("u b\n", 2));
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "protocol",
                        "k",
                        "users",
                        "unknown_users",
                        "unknown_items",
                        "hr",
                        "ndcg",
                        "precision",
                        "recall",
                        "map",
                        "mrr",
                        "auc",
                        "coverage",
                        "diversity",
                        "intra_list_diversity",
                        "novelty",
                        "average_popularity",
                        "gini",
                        "seconds");
    }

    @Test
    void leaveOneOutCountsWhatTheModelDoesNotKnow() {
        TrainedModel model = model();
        EvaluationResult result = new LeaveOneOut(model, Scorer.of(model.factors()), 3)
                .evaluate(file("negatives", "(u,new)\tb\n(nobody,c)\tb\n(u,c)\td\n"), Map.of());
        assertThat(result.unknownItems()).isEqualTo(1);
        assertThat(result.unknownUsers()).isEqualTo(1);
        assertThat(result.seconds()).isBetween(0.0, 60.0);
    }

    @Test
    void leaveOneOutListsTheHeldOutItemAmongTheOthers() {
        TrainedModel model = model();
        EvaluationResult result = new LeaveOneOut(model, Scorer.of(model.factors()), 1)
                .evaluate(file("negatives", "(u,a)\tc\td\n"), Map.of());
        // a, which two users chose, is listed alone.
        assertThat(result.averagePopularity()).isEqualTo(2);
        assertThat(result.coverage()).isEqualTo(0.2);
    }

    @Test
    void aListOfNothingIsRefused() {
        PositivePairs test = new PositivePairs();
        test.add("u", "b");
        for (int k : new int[] {0, -1}) {
            assertThatThrownBy(() -> Evaluation.fullRanking(model(), test, k)).hasMessageContaining("k is " + k);
            assertThatThrownBy(() -> leaveOneOut("u\tc\t1\t1\n", "(u,c)\tb\n", k))
                    .hasMessageContaining("k is " + k);
        }
        assertThat(Evaluation.fullRanking(model(), test, 1).users()).isEqualTo(1);
    }

    @Test
    void aTestOfWhatWasTrainedOnAloneIsRefused() {
        PositivePairs test = new PositivePairs();
        test.add("u", "a");
        assertThatThrownBy(() -> Evaluation.fullRanking(model(), test, 5))
                .hasMessageContaining("holds nothing but what the model was trained on");
    }

    @Test
    void fullRankingCountsWhatTheModelDoesNotKnowOverManyUsers() {
        PositivePairs test = new PositivePairs();
        for (int user = 0; user < 200; user++) {
            test.add("stranger" + user, user % 2 == 0 ? "b" : "new" + user);
        }
        EvaluationResult result = Evaluation.fullRanking(model(), test, 5);
        assertThat(result.users()).isEqualTo(200);
        assertThat(result.unknownUsers()).isEqualTo(200);
        assertThat(result.unknownItems()).isEqualTo(100);
        assertThat(result.seconds()).isBetween(0.0, 60.0);
    }

    @Test
    void whatNobodyKnowsIsChosenByNobody() {
        assertThat(Scorer.popularity(new int[] {7, 8}).score(0, -1)).isZero();
        assertThat(Scorer.popularity(new int[] {7, 8}).score(0, 0)).isEqualTo(7);
    }
}
