package dev.milvuso.server.recommend;

import dev.milvuso.server.json.JsonBytes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A list and how it came about. Never changes. */
public final class Recommendation {
    /** The tier of a list that is not personal. */
    public static final String FALLBACK = "fallback";

    private final String modelVersion;
    private final String tier;
    private final List<String> degraded;
    private final long madeAt;
    private final RecommendedItems items;
    private final @Nullable Map<String, Integer> filtered;
    private volatile byte @Nullable [] written;

    /**
     * @param modelVersion empty if the list is not personal
     * @param tier the slowest that was needed: {@code memory}, {@code redis}, {@code milvus} or {@code fallback}
     * @param degraded what could not be asked
     * @param madeAt milliseconds since 1970, when its making began
     */
    public Recommendation(
            String modelVersion, String tier, List<String> degraded, long madeAt, List<Recommended> items) {
        this(modelVersion, tier, degraded, madeAt, items, null);
    }

    private Recommendation(
            String modelVersion,
            String tier,
            List<String> degraded,
            long madeAt,
            List<Recommended> items,
            @Nullable Map<String, Integer> filtered) {
        this.filtered = filtered;
        this.modelVersion = modelVersion;
        this.tier = tier;
        this.degraded = List.copyOf(degraded);
        this.madeAt = madeAt;
        this.items = RecommendedItems.copyOf(items);
    }

    public String modelVersion() {
        return modelVersion;
    }

    public String tier() {
        return tier;
    }

    public List<String> degraded() {
        return degraded;
    }

    public long madeAt() {
        return madeAt;
    }

    public RecommendedItems items() {
        return items;
    }

    /** How many items were left out by what; null unless that was asked for. */
    public @Nullable Map<String, Integer> filtered() {
        return filtered;
    }

    /** Whether it goes by who asked. */
    public boolean isPersonal() {
        return !tier.equals(FALLBACK);
    }

    /** The same list, with how many items were left out by what. */
    public Recommendation explained(Map<String, Integer> leftOut) {
        return new Recommendation(modelVersion, tier, degraded, madeAt, items, leftOut);
    }

    /** The same but for its items. */
    public Recommendation with(List<Recommended> others) {
        return new Recommendation(modelVersion, tier, degraded, madeAt, others, filtered);
    }

    /** The same list, had from another tier. */
    Recommendation from(String otherTier) {
        return otherTier.equals(tier)
                ? this
                : new Recommendation(modelVersion, otherTier, degraded, madeAt, items, filtered);
    }

    /**
     * What an answer says of it, without the braces around; written once, however often it is served.
     *
     * @return not to be changed
     */
    public byte[] json() {
        byte[] bytes = written; // two threads may both write the same
        if (bytes == null) {
            JsonBytes json = new JsonBytes();
            json.raw("\"model_version\":")
                    .text(modelVersion)
                    .raw(",\"tier\":")
                    .text(tier)
                    .raw(",\"degraded\":[");
            for (int i = 0; i < degraded.size(); i++) {
                json.raw(i == 0 ? "" : ",").text(degraded.get(i));
            }
            json.raw("],\"recommendations\":");
            write(items, json);
            if (filtered != null) {
                write(filtered, json);
            }
            bytes = json.copy();
            written = bytes;
        }
        return bytes;
    }

    /** An array of items as answers hold it. */
    public static void write(RecommendedItems items, JsonBytes json) {
        json.raw("[");
        for (int i = 0; i < items.size(); i++) {
            json.raw(i == 0 ? "{\"item_id\":" : ",{\"item_id\":")
                    .text(items.id(i).value());
            json.raw(",\"rank\":").number(i + 1);
            json.raw(",\"score\":").number(items.score(i));
            json.raw(",\"source\":").text(items.source(i));
            Explanation explanation = items.explanation(i);
            if (explanation != null) {
                write(explanation, json);
            }
            json.raw("}");
        }
        json.raw("]");
    }

    private static void write(Map<String, Integer> filtered, JsonBytes json) {
        json.raw(",\"filtered\":{");
        boolean isFirst = true;
        for (Map.Entry<String, Integer> each : filtered.entrySet()) {
            json.raw(isFirst ? "" : ",").text(each.getKey()).raw(":").number(each.getValue());
            isFirst = false;
        }
        json.raw("}");
    }

    private static void write(Explanation explanation, JsonBytes json) {
        json.raw(",\"explanation\":").text(explanation.text());
        json.raw(",\"parts\":{");
        boolean isFirst = true;
        for (Map.Entry<String, Double> each : explanation.parts().entrySet()) {
            json.raw(isFirst ? "" : ",").text(each.getKey()).raw(":");
            json.number(each.getValue().floatValue());
            isFirst = false;
        }
        json.raw("},\"because_of\":[");
        for (int i = 0; i < explanation.because().size(); i++) {
            Explanation.Because each = explanation.because().get(i);
            json.raw(i == 0 ? "{\"item_id\":" : ",{\"item_id\":")
                    .text(each.item().value());
            json.raw(",\"likeness\":").number((float) each.likeness()).raw("}");
        }
        json.raw("]");
    }
}
