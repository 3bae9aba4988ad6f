package dev.milvuso.trainer.ranker;

import dev.milvuso.config.FeaturesConfig;
import dev.milvuso.config.RankingConfig;
import dev.milvuso.config.TrainingConfig;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.RankerWeights;
import dev.milvuso.ranker.ItemHeat;
import dev.milvuso.ranker.Matching;
import dev.milvuso.trainer.evaluation.ListMeasures;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * The second-stage ranker, beside the vectors that it scores with. Of each positive it makes a list with items that
 * were drawn, judges its order against that of retrieval, and only then learns from it; all of that before the vectors
 * do, so that nothing it weighs contains the answer. For one thread.
 */
public final class OnlineRanker {
    /** Rows whose popularity makes a part of a snapshot. */
    private static final int PART = 4096;

    private static final int DRAWN = 16;

    /** After so many lists it has learned nearly all that so few weights can hold, and looks at one in some only. */
    private static final long EAGER = 20_000;

    private static final int THEN_ONE_IN = 4;
    private static final int LIST = 10;
    private static final int WINDOW = 10_000;
    private static final int LEAST = 2_000;
    private static final double MARGIN = 0.002;

    private final FactorModel model;
    private final Matching matching;
    private final ItemHeat heat;
    private final RecentLikes recent = new RecentLikes();
    private final RankerLearner learner;
    private final SideBySide judge = new SideBySide(MARGIN, WINDOW, LEAST);
    private final SplittableRandom random;
    private final float[][] list = new float[1 + DRAWN][Matching.SIZE];
    private final double[] scores = new double[1 + DRAWN];
    private final float[] room = new float[Matching.SIZE];
    private final BitSet changed = new BitSet();
    private int size;
    private boolean learned = true;
    private long now;

    public OnlineRanker(FactorModel model, TrainingConfig training, FeaturesConfig features, RankingConfig ranking) {
        int dimension = model.items().dimension();
        this.model = model;
        this.matching = new Matching(dimension, Matching.factors(dimension, training.biases()));
        this.heat = new ItemHeat(
                features.popularityHalfLife().toMillis(),
                features.trendHalfLife().toMillis());
        this.learner = new RankerLearner(ranking.learnedOptimizer(), ranking.learnedRate(), training.seed());
        this.random = new SplittableRandom(training.seed());
    }

    /** A user is about to be told to have chosen an item: their rows do not know it yet. */
    public void foresee(int user, int item, long millis) {
        ParameterTable items = model.items();
        int known = items.size();
        if (known < 2 || (judge.lists() >= EAGER && random.nextInt(THEN_ONE_IN) > 0)) {
            return;
        }
        begin(user, millis);
        int count = 0;
        weigh(item, list[count++]);
        float own = model.score(user, item);
        int halves = 0;
        for (int n = Math.min(DRAWN, known - 1); n > 0; n--) {
            int other = random.nextInt(known);
            if (other != item && items.isLive(other)) {
                float score = model.score(user, other);
                halves += score > own ? 2 : score == own ? 1 : 0;
                weigh(other, list[count++]);
            }
        }
        if (count > 1) {
            learn(count, halves);
        }
    }

    /** @param halves of ranks that retrieval puts others before the chosen one */
    private void learn(int count, int halves) {
        learner.see(list[0]);
        learner.see(list[1]);
        int halvesByRanker = 0;
        for (int place = 0; place < count; place++) {
            scores[place] = learner.score(list[place]);
            if (place > 0) {
                halvesByRanker += scores[place] > scores[0] ? 2 : scores[place] == scores[0] ? 1 : 0;
            }
        }
        judge.judge(gain(halves), gain(halvesByRanker));
        learner.learn(list, scores, count);
        learned = true;
        changed.set(0);
    }

    private static double gain(int halves) {
        return (gainAt(1 + halves / 2) + gainAt(1 + (halves + 1) / 2)) / 2;
    }

    private static double gainAt(int rank) {
        return rank > LIST ? 0 : ListMeasures.discount(rank);
    }

    /** From now on {@link #score} is this user's. */
    public void begin(int user, long millis) {
        now = millis;
        ParameterTable users = model.users();
        ParameterTable items = model.items();
        matching.begin(users.chunk(user), users.offset(user), millis, recent.time(user));
        int age = 0;
        int liked = recent.item(user, age);
        while (liked >= 0 && (!items.isLive(liked) || matching.liked(items.chunk(liked), items.offset(liked)))) {
            liked = recent.item(user, ++age);
        }
    }

    /** Of an item by its row, for the user it began with; larger is better. */
    public double score(int item) {
        weigh(item, room);
        return learner.score(room);
    }

    private void weigh(int item, float[] into) {
        ParameterTable items = model.items();
        matching.item(items.chunk(item), items.offset(item), heat.popularity(item, now), heat.trend(item, now), into);
    }

    /** The user has chosen the item. */
    public void chosen(int user, int item, float weight, long millis) {
        recent.add(user, item, millis);
        heat.add(item, weight, millis);
        if (item >= size) {
            // Parts that come into being between the last one and the item's are new too.
            changed.set(parts() - 1, 2 + item / PART);
            size = item + 1;
        }
        changed.set(1 + item / PART);
    }

    /** As {@link #chosen}, once more of what was counted before: which likes were the last. */
    public void recall(int user, int item) {
        recent.add(user, item, 0);
    }

    /** The row is nobody's any more. */
    public void dropped(Kind kind, int row) {
        if (kind == Kind.USER) {
            recent.clear(row);
        } else if (row < size) {
            heat.clear(row);
            changed.set(1 + row / PART);
        }
    }

    public SideBySide judge() {
        return judge;
    }

    /** Whether anything is new since it was asked last; at first it is. */
    public boolean hasLearned() {
        boolean asked = learned;
        learned = false;
        return asked;
    }

    /** What servers score by. */
    public RankerWeights weights(ModelVersion version, long epoch, long step) {
        return new RankerWeights(
                version,
                epoch,
                step,
                judge.beatsRetrieval(),
                judge.lists(),
                (float) judge.retrieval(),
                (float) judge.ranker(),
                Matching.NAMES,
                learner.parameters());
    }

    /** Parts of a snapshot: the first is what was learned, the others how popular items are. */
    public int parts() {
        return 1 + (size + PART - 1) / PART;
    }

    /** The parts that changed since they were {@link #kept}. */
    public BitSet changed() {
        return changed;
    }

    public void kept() {
        changed.clear();
    }

    public void changeAll() {
        changed.set(0, parts());
    }

    /** A copy of a part. */
    public ByteBuffer part(int number) {
        if (number == 0) {
            ByteBuffer out = ByteBuffer.allocate(SideBySide.BYTES + learner.bytes());
            judge.write(out);
            learner.write(out);
            return out.flip();
        }
        int from = (number - 1) * PART;
        int to = Math.min(size, from + PART);
        ByteBuffer out = ByteBuffer.allocate((to - from) * 2 * Double.BYTES);
        for (int item = from; item < to; item++) {
            out.putDouble(heat.level(item, false)).putDouble(heat.level(item, true));
        }
        return out.flip();
    }

    /** Takes a part over; what was learned of other features, or by another optimizer, is not. */
    public void restore(int number, ByteBuffer part) {
        if (number > 0) {
            for (int item = (number - 1) * PART; part.hasRemaining(); item++) {
                heat.restore(item, part.getDouble(), part.getDouble());
                size = item + 1;
            }
        } else if (part.remaining() > SideBySide.BYTES
                && learner.reads(part.slice(part.position() + SideBySide.BYTES, part.remaining() - SideBySide.BYTES))) {
            judge.read(part);
            learner.read(part);
        }
    }
}
