package dev.milvuso.trainer.replay;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;

/**
 * How well a stream was foreseen.
 *
 * @param negatives {@code unseen} or {@code any}, see {@link Others}
 * @param events of the whole stream
 * @param ranked positives after the first tenth, each ranked among 99 others
 * @param knownUsers of the ranked, those whose users had appeared in the first tenth
 * @param hr HR@10 of online learning
 * @param ndcg NDCG@10 of online learning
 * @param ways online learning first, then what it is compared with
 * @param curve in time order
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ReplayResult(
        String protocol,
        String negatives,
        int k,
        long events,
        long skipped,
        long ranked,
        long knownUsers,
        double hr,
        double ndcg,
        double seconds,
        List<Way> ways,
        List<Point> curve) {
    /**
     * One way of learning: means over all ranked events, those of users who were there in the first tenth, and others.
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Way(
            String name,
            double hr,
            double ndcg,
            double hrKnownUsers,
            double ndcgKnownUsers,
            double hrNewUsers,
            double ndcgNewUsers,
            double seconds) {}

    /**
     * A stretch of the stream.
     *
     * @param fromEvent the first event, from 0
     * @param from its time, ISO 8601
     * @param hr by the way's name
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Point(int fromEvent, String from, long ranked, Map<String, Double> hr, Map<String, Double> ndcg) {}
}
