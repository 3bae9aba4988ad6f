package dev.milvuso.joiner.flink;

import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.UserId;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.joiner.core.Served;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** The binary form of what travels between subtasks and lies in state. Changing it needs a new state name. */
final class Fields {
    private Fields() {}

    /** As bytes at once: Flink's own form goes through every character alone. */
    static void writeText(@Nullable String text, DataOutputView out) throws IOException {
        writeBytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), out);
    }

    static @Nullable String readOptionalText(DataInputView in) throws IOException {
        byte[] bytes = readBytes(in);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    static String readText(DataInputView in) throws IOException {
        String text = readOptionalText(in);
        if (text == null) {
            throw new IOException("a text is missing where one must stand");
        }
        return text;
    }

    static void writeBytes(byte @Nullable [] bytes, DataOutputView out) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    static byte @Nullable [] readBytes(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    static byte[] readPresentBytes(DataInputView in) throws IOException {
        byte[] bytes = readBytes(in);
        if (bytes == null) {
            throw new IOException("bytes are missing where some must stand");
        }
        return bytes;
    }

    static void writeServed(Served list, DataOutputView out) throws IOException {
        writeText(list.requestId(), out);
        writeText(list.userId(), out);
        writeText(list.modelVersion(), out);
        out.writeLong(list.timestamp());
        out.writeLong(list.arrival());
        out.writeInt(list.items().size());
        for (String item : list.items()) {
            writeText(item, out);
        }
    }

    static Served readServed(DataInputView in) throws IOException {
        String requestId = readText(in);
        String userId = readText(in);
        String modelVersion = readText(in);
        long timestamp = in.readLong();
        long arrival = in.readLong();
        int count = in.readInt();
        List<String> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(readText(in));
        }
        return new Served(requestId, userId, modelVersion, timestamp, arrival, items);
    }

    static void writeOptionalExample(@Nullable TrainingExample example, DataOutputView out) throws IOException {
        out.writeBoolean(example != null);
        if (example != null) {
            writeExample(example, out);
        }
    }

    static @Nullable TrainingExample readOptionalExample(DataInputView in) throws IOException {
        return in.readBoolean() ? readExample(in) : null;
    }

    static void writeExample(TrainingExample example, DataOutputView out) throws IOException {
        writeText(example.exampleId(), out);
        out.writeInt(example.eventIds().size());
        for (EventId event : example.eventIds()) {
            writeText(event.value(), out);
        }
        writeText(example.userId().value(), out);
        writeText(example.itemId().value(), out);
        writeText(example.actionType(), out);
        out.writeByte(example.label());
        out.writeFloat(example.weight());
        out.writeLong(example.timestamp().toEpochMilli());
        out.writeLong(example.acceptedAt().toEpochMilli());
        writeText(example.requestId().map(RequestId::value).orElse(null), out);
        writeText(example.modelVersion(), out);
        writeText(example.features().orElse(null), out);
        out.writeBoolean(example.late());
    }

    static TrainingExample readExample(DataInputView in) throws IOException {
        String exampleId = readText(in);
        int count = in.readInt();
        List<EventId> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(new EventId(readText(in)));
        }
        return new TrainingExample(
                exampleId,
                events,
                new UserId(readText(in)),
                new ItemId(readText(in)),
                readText(in),
                in.readByte(),
                in.readFloat(),
                Instant.ofEpochMilli(in.readLong()),
                Instant.ofEpochMilli(in.readLong()),
                Optional.ofNullable(readOptionalText(in)).map(RequestId::new),
                readText(in),
                Optional.ofNullable(readOptionalText(in)),
                in.readBoolean());
    }
}
