package dev.milvuso.trainer.batch;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.trainer.model.Scoring;
import dev.milvuso.vector.Metric;
import java.util.Map;

/**
 * {@code model.json}: what the other files hold and how to tell that they are whole.
 *
 * @param pairs how many choices of users the model was trained on, repeats left out
 * @param metric what a user's and an item's rows are compared by
 * @param userBiases whether the last but one number of a row is the user's bias
 * @param globalBias added to every score, after
 * @param scale has multiplied it
 * @param files length and checksum by name
 * @param cut by topic and partition the first offset that is not in the model; empty if it was made of files
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
record Manifest(
        int format,
        int dimension,
        int users,
        int items,
        int pairs,
        String metric,
        boolean userBiases,
        float globalBias,
        float scale,
        Map<String, FileSum> files,
        Map<String, Map<Integer, Long>> cut) {
    /** The layout of a model whose order is that of plain inner products, whoever reads it. */
    private static final int FORMAT = 1;

    /** The same layout with another metric, which a reader must know. */
    private static final int FORMAT_OF_METRICS = 2;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    static int format(Scoring scoring) {
        return scoring.metric() == Metric.INNER_PRODUCT ? FORMAT : FORMAT_OF_METRICS;
    }

    /** @throws IllegalArgumentException if there is no such metric */
    Scoring scoring() {
        return new Scoring(Metric.named(metric), userBiases, globalBias, scale);
    }

    /** @param crc32c eight hexadecimal digits (RFC 3720) */
    record FileSum(long bytes, String crc32c) {}

    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the manifest cannot be written: " + e.getOriginalMessage(), e);
        }
    }

    /** @throws IllegalArgumentException saying what is wrong with it */
    static Manifest parse(String json) {
        try {
            int format = JSON.readTree(json).path("format").asInt();
            if (format != FORMAT && format != FORMAT_OF_METRICS) {
                throw new IllegalArgumentException("format is "
                        + JSON.readTree(json).path("format") + ", must be " + FORMAT + " or " + FORMAT_OF_METRICS);
            }
            ObjectNode tree = (ObjectNode) JSON.readTree(json);
            if (!tree.has("cut")) {
                // A model of before there was an archive.
                tree.putObject("cut");
            }
            if (!tree.has("metric")) {
                // A model of before there were metrics.
                tree.put("metric", Metric.INNER_PRODUCT.label());
                tree.put("user_biases", false).put("global_bias", 0f).put("scale", 1f);
            }
            return JSON.treeToValue(tree, Manifest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not the description of a model: " + e.getOriginalMessage(), e);
        }
    }
}
