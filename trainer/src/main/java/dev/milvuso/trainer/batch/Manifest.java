package dev.milvuso.trainer.batch;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * {@code model.json}: what the other files hold and how to tell that they are whole.
 *
 * @param pairs how many choices of users the model was trained on, repeats left out
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
        Map<String, FileSum> files,
        Map<String, Map<Integer, Long>> cut) {
    /** The version of the layout that this code writes and reads. */
    static final int FORMAT = 1;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

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
            if (JSON.readTree(json).path("format").asInt() != FORMAT) {
                throw new IllegalArgumentException(
                        "format is " + JSON.readTree(json).path("format") + ", must be " + FORMAT);
            }
            ObjectNode tree = (ObjectNode) JSON.readTree(json);
            if (!tree.has("cut")) {
                // A model of before there was an archive.
                tree.putObject("cut");
            }
            return JSON.treeToValue(tree, Manifest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not the description of a model: " + e.getOriginalMessage(), e);
        }
    }
}
