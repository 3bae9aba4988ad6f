package dev.milvuso.ranker;

import dev.milvuso.embedding.Embedding;
import java.util.Arrays;
import java.util.List;

/**
 * What is known of a user and an item, as numbers. The trainer learns from them and the server scores by them, and both
 * have them from here alone, so that they mean the same. Used again for one visitor after the other; for one thread.
 */
public final class Matching {
    /** What the numbers are, in their order; weights of other names are of no use. */
    public static final List<String> NAMES = List.of(
            "inner_product",
            "cosine",
            "item_bias",
            "popularity",
            "trend",
            "like_last",
            "like_recent",
            "user_length",
            "recent_likes",
            "hour_sin",
            "hour_cos",
            "liked_lately");

    public static final int SIZE = NAMES.size();

    /** How many of a user's latest likes count. */
    public static final int RECENT = 10;

    /** What each like counts beside the one after it. */
    private static final float FADING = 0.8f;

    private static final double HOUR = 3_600_000;
    private static final double DAY = 24 * HOUR;

    private final int dimension;
    private final int factors;
    private final float[] user;
    private final float[] last;
    private final float[] recent;
    private double userLength;
    private double recentLength;
    private int likes;
    private float hourSin;
    private float hourCos;
    private float likedLately;

    /**
     * @param dimension numbers of a vector
     * @param factors the first of them, which are taste; if there are fewer, an item's last number is its bias
     */
    public Matching(int dimension, int factors) {
        this.dimension = dimension;
        this.factors = factors;
        this.user = new float[dimension];
        this.last = new float[factors];
        this.recent = new float[factors];
    }

    /** How many of a vector's numbers are taste. {@code biases} is {@code training.biases}. */
    public static int factors(int dimension, String biases) {
        int constants = biases.equals("all") ? 2 : biases.equals("off") ? 0 : 1;
        return Math.max(1, dimension - constants);
    }

    /**
     * Begins with another user, of whom no like is known yet.
     *
     * @param vector the user's, from the offset on
     * @param millis the moment, since 1970, and
     * @param likedAt that of their last like; 0 if none is known
     */
    public void begin(float[] vector, int offset, long millis, long likedAt) {
        System.arraycopy(vector, offset, user, 0, dimension);
        userLength = length(user, 0);
        Arrays.fill(recent, 0);
        recentLength = 0;
        likes = 0;
        double angle = 2 * Math.PI * (Math.floorMod(millis, (long) DAY) / DAY);
        hourSin = (float) StrictMath.sin(angle);
        hourCos = (float) StrictMath.cos(angle);
        likedLately = likedAt == 0 ? 0 : (float) (1 / (1 + Math.max(0, millis - likedAt) / HOUR));
    }

    /**
     * Takes an item that the user liked; the newest comes first.
     *
     * @return whether there is room for an older one
     */
    public boolean liked(float[] item, int offset) {
        double length = length(item, offset);
        if (length > 0 && likes < RECENT) {
            float weight = (float) (Math.pow(FADING, likes) / length);
            for (int i = 0; i < factors; i++) {
                recent[i] += weight * item[offset + i];
            }
            if (likes == 0) {
                System.arraycopy(recent, 0, last, 0, factors);
            }
            likes++;
            recentLength = length(recent, 0);
        }
        return likes < RECENT;
    }

    /**
     * @param item its vector, from the offset on
     * @param popularity decayed sum of what was done with it, as of now, and
     * @param trend the same of late
     * @param into shape [{@link #SIZE}]; what cannot be told, as of a vector that has diverged, is 0
     */
    public void item(float[] item, int offset, double popularity, double trend, float[] into) {
        float squares = 0;
        float product = 0;
        float withLast = 0;
        float withRecent = 0;
        for (int i = 0; i < factors; i++) {
            float number = item[offset + i];
            squares += number * number;
            product += user[i] * number;
            withLast += last[i] * number;
            withRecent += recent[i] * number;
        }
        float constants = 0;
        for (int i = factors; i < dimension; i++) {
            constants += user[i] * item[offset + i];
        }
        double length = Math.sqrt(squares);
        into[0] = product + constants;
        into[1] = cosine(product, userLength * length);
        into[2] = dimension > factors ? item[offset + dimension - 1] : 0;
        into[3] = (float) Math.log1p(popularity);
        into[4] = (float) Math.log1p(trend);
        into[5] = likes == 0 ? 0 : cosine(withLast, length);
        into[6] = cosine(withRecent, recentLength * length);
        into[7] = (float) Math.log1p(userLength);
        into[8] = (float) likes / RECENT;
        into[9] = hourSin;
        into[10] = hourCos;
        into[11] = likedLately;
        for (int i = 0; i < SIZE; i++) {
            if (!Embedding.isServable(into[i])) {
                into[i] = 0;
            }
        }
    }

    private double length(float[] vector, int offset) {
        double squares = 0;
        for (int i = 0; i < factors; i++) {
            squares += (double) vector[offset + i] * vector[offset + i];
        }
        return Math.sqrt(squares);
    }

    private static float cosine(float product, double lengths) {
        return lengths > 0 ? (float) (product / lengths) : 0;
    }
}
