package dev.milvuso.trainer.archive;

import dev.milvuso.action.Action;
import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.topic.Topics;
import dev.milvuso.trainer.archive.store.ArchivedRecord;
import dev.milvuso.trainer.archive.store.Columns;
import java.util.Optional;
import java.util.OptionalDouble;

/** Tells what a record says. */
final class Decoding {
    private final Topics topics;

    Decoding(Topics topics) {
        this.topics = topics;
    }

    /** Empty if the record could not be understood; {@link Columns#NONE} for served lists and heartbeats. */
    Optional<Columns> columns(ArchivedRecord record) {
        byte[] value = record.value();
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    record.partition().topic().equals(topics.userActions().name()) ? event(value) : example(value));
        } catch (MalformedRecordException e) {
            return Optional.empty();
        }
    }

    private Columns event(byte[] value) throws MalformedRecordException {
        return topics.userActions().codec().decode(value) instanceof Action action
                ? new Columns(
                        action.eventId().value(),
                        action.userId().value(),
                        action.itemId().value(),
                        action.type(),
                        action.timestamp().toEpochMilli(),
                        action.value(),
                        -1,
                        0)
                : Columns.NONE;
    }

    private Columns example(byte[] value) throws MalformedRecordException {
        TrainingExample example = topics.trainingExamples().codec().decode(value);
        return new Columns(
                example.exampleId(),
                example.userId().value(),
                example.itemId().value(),
                example.actionType(),
                example.timestamp().toEpochMilli(),
                OptionalDouble.empty(),
                example.label(),
                example.weight());
    }
}
