package dev.milvuso.joiner.core;

import dev.milvuso.action.EventId;
import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.example.TrainingExampleCodec;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An example as it goes into its topic. It is encoded once, where it is made, and what comes after moves bytes: going
 * from subtask to subtask, into state and out again field by field costs more than the join itself.
 *
 * @param event the key of the example's id
 * @param user the record's key
 * @param json the record's value, one JSON object
 * @param late whether it was too far in the past to wait for anything
 * @param amending whether it names impressions besides its own event
 * @param joined whether it holds its features
 */
public record EncodedExample(EventKey event, byte[] user, byte[] json, boolean late, boolean amending, boolean joined) {
    private static final TrainingExampleCodec CODEC = new TrainingExampleCodec();
    private static final byte[] FEATURES = ",\"features\":".getBytes(StandardCharsets.UTF_8);

    public static EncodedExample of(TrainingExample example) {
        return new EncodedExample(
                EventKey.of(example.exampleId()),
                example.userId().value().getBytes(StandardCharsets.UTF_8),
                CODEC.encode(example),
                example.late(),
                example.eventIds().size() > 1,
                example.features().isPresent());
    }

    /** @param features one JSON object, put in before the closing brace */
    EncodedExample withFeatures(byte[] features) {
        int open = json.length - 1;
        byte[] with = new byte[open + FEATURES.length + features.length + 1];
        System.arraycopy(json, 0, with, 0, open);
        System.arraycopy(FEATURES, 0, with, open, FEATURES.length);
        System.arraycopy(features, 0, with, open + FEATURES.length, features.length);
        with[with.length - 1] = '}';
        return new EncodedExample(event, user, with, late, amending, true);
    }

    /** This example, naming also what a repeat of it names. */
    EncodedExample amendedBy(EncodedExample repeat) {
        TrainingExample first = decoded();
        TrainingExample second = repeat.decoded();
        Set<EventId> events = new LinkedHashSet<>(first.eventIds());
        events.addAll(second.eventIds());
        String modelVersion = first.modelVersion().isEmpty() ? second.modelVersion() : first.modelVersion();
        return of(first.made(List.copyOf(events), modelVersion));
    }

    /** The example itself; for what is seldom needed. */
    public TrainingExample decoded() {
        try {
            return CODEC.decode(json);
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("what was encoded here cannot be read: " + e.getMessage(), e);
        }
    }
}
