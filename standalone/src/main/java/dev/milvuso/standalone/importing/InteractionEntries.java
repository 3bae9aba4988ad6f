package dev.milvuso.standalone.importing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.Interaction;
import dev.milvuso.trainer.data.InteractionReader;
import dev.milvuso.trainer.data.OnError;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Interactions as actions. What names no action type is a {@code Like}: to import a pair is to say that it was chosen.
 */
final class InteractionEntries implements Entries {
    private static final String RATE = "Rate";
    /** MovieLens' newer sets begin at it, the scale of a Rate at 1: both say the same. */
    private static final double HALF_STAR = 0.5;

    private static final String LIKE = "Like";

    private final Path file;
    private final DataFormat format;
    private final InteractionReader reader;
    private final EventIdOfLine ids;
    private long line;
    private int ordinal;

    InteractionEntries(Path file, DataFormat format, OnError onError) {
        this.file = file;
        this.format = format;
        this.reader = InteractionReader.open(file, format, onError);
        this.ids = new EventIdOfLine(file);
    }

    @Override
    public @Nullable Entry next() {
        Interaction next = reader.next();
        if (next == null) {
            return null;
        }
        ordinal = reader.line() == line ? ordinal + 1 : 0;
        line = reader.line();
        return new Entry(Kind.ACTION, file + " " + format.unit() + " " + line, next.user(), body(next));
    }

    private ObjectNode body(Interaction next) {
        String type = next.actionType().orElse(LIKE);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("user_id", next.user()).put("item_id", next.item()).put("action_type", type);
        OptionalDouble value = value(next, type);
        value.ifPresent(number -> body.put("value", number));
        next.timestampMillis()
                .ifPresent(millis ->
                        body.put("timestamp", Instant.ofEpochMilli(millis).toString()));
        return body.put("event_id", ids.of(body.toString(), line, ordinal));
    }

    private OptionalDouble value(Interaction next, String type) {
        if (format == DataFormat.NCF || next.value().isEmpty()) {
            // Always positive, whatever the rating.
            return OptionalDouble.empty();
        }
        double value = next.value().getAsDouble();
        boolean halfStar = format == DataFormat.MOVIELENS && type.equals(RATE) && value == HALF_STAR;
        return OptionalDouble.of(halfStar ? 1 : value);
    }

    @Override
    public long skipped() {
        return reader.skipped();
    }

    @Override
    public long bytesRead() {
        return reader.bytesRead();
    }

    @Override
    public void close() {
        reader.close();
    }
}
