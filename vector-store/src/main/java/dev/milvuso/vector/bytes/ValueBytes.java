package dev.milvuso.vector.bytes;

import dev.milvuso.vector.Id;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of fields as bytes, each behind a letter for its type. Journals are written so: the format stays.
 *
 * <p>Streams are read from memory: {@link DataInputStream#available} is what is left.
 */
public final class ValueBytes {
    private ValueBytes() {}

    public static void writeId(DataOutputStream out, Id key) throws IOException {
        write(out, key.plain());
    }

    /** @throws IOException if it is no key */
    public static Id readId(DataInputStream in) throws IOException {
        Object value = read(in);
        if (value instanceof String text) {
            return Id.of(text);
        }
        if (value instanceof Long number) {
            return Id.of(number);
        }
        throw new IOException("a key is neither a text nor a whole number");
    }

    /** @param value text, Long, Double, Float, Boolean, a list or a map of texts to such, or null */
    public static void write(DataOutputStream out, @Nullable Object value) throws IOException {
        if (value instanceof String text) {
            out.writeByte('t');
            writeText(out, text);
        } else if (value instanceof Long number) {
            out.writeByte('i');
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeByte('d');
            out.writeDouble(number);
        } else if (value instanceof Float number) {
            out.writeByte('f');
            out.writeFloat(number);
        } else if (value instanceof Boolean truth) {
            out.writeByte(truth ? '+' : '-');
        } else if (value instanceof List<?> list) {
            out.writeByte('l');
            out.writeInt(list.size());
            for (Object element : list) {
                write(out, element);
            }
        } else if (value instanceof Map<?, ?> object) {
            out.writeByte('m');
            writeMembers(out, object);
        } else {
            out.writeByte('0');
        }
    }

    /** @throws IOException if these are other bytes */
    public static @Nullable Object read(DataInputStream in) throws IOException {
        char kind = (char) in.readByte();
        return switch (kind) {
            case 't' -> readText(in);
            case 'i' -> in.readLong();
            case 'd' -> in.readDouble();
            case 'f' -> in.readFloat();
            case '+' -> true;
            case '-' -> false;
            case 'l' -> list(in);
            case 'm' -> object(in);
            case '0' -> null;
            default -> throw new IOException("unknown type of value " + kind);
        };
    }

    private static List<@Nullable Object> list(DataInputStream in) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        for (int left = readCount(in); left > 0; left--) {
            list.add(read(in));
        }
        return list;
    }

    /** @param object from texts to values as {@link #write} takes them */
    public static void writeMembers(DataOutputStream out, Map<?, ?> object) throws IOException {
        out.writeInt(object.size());
        for (Map.Entry<?, ?> member : object.entrySet()) {
            writeText(out, (String) member.getKey());
            write(out, member.getValue());
        }
    }

    private static Map<String, @Nullable Object> object(DataInputStream in) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int left = readCount(in); left > 0; left--) {
            object.put(readText(in), read(in));
        }
        return object;
    }

    /**
     * What {@link #writeMembers} wrote of an entity's fields.
     *
     * @throws IOException if one is null
     */
    public static Map<String, Object> readFields(DataInputStream in) throws IOException {
        Map<String, Object> fields = new HashMap<>();
        for (int left = readCount(in); left > 0; left--) {
            String name = readText(in);
            Object value = read(in);
            if (value == null) {
                throw new IOException("the field " + name + " is null");
            }
            fields.put(name, value);
        }
        return fields;
    }

    /** Texts may be longer than {@link DataOutputStream#writeUTF} takes. */
    public static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    public static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(readCount(in)), StandardCharsets.UTF_8);
    }

    /**
     * A number of things of a byte or more each.
     *
     * @throws IOException if there are fewer bytes left
     */
    public static int readCount(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > in.available()) {
            throw new IOException(count + " things in " + in.available() + " bytes");
        }
        return count;
    }
}
