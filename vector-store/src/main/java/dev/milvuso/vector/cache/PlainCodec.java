package dev.milvuso.vector.cache;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of fields as bytes, each behind a letter for its type. */
final class PlainCodec {
    private PlainCodec() {}

    static void write(DataOutputStream out, @Nullable Object value) throws IOException {
        if (value instanceof String text) {
            out.writeByte('s');
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        } else if (value instanceof Long whole) {
            out.writeByte('l');
            out.writeLong(whole);
        } else if (value instanceof Double real) {
            out.writeByte('d');
            out.writeDouble(real);
        } else if (value instanceof Float single) {
            out.writeByte('f');
            out.writeFloat(single);
        } else if (value instanceof Boolean truth) {
            out.writeByte(truth ? 't' : 'n');
        } else if (value instanceof List<?> list) {
            out.writeByte('a');
            out.writeInt(list.size());
            for (Object element : list) {
                write(out, element);
            }
        } else if (value instanceof Map<?, ?> object) {
            out.writeByte('m');
            out.writeInt(object.size());
            for (Map.Entry<?, ?> member : object.entrySet()) {
                write(out, member.getKey());
                write(out, member.getValue());
            }
        } else {
            out.writeByte('0');
        }
    }

    static @Nullable Object read(DataInputStream in) throws IOException {
        char kind = (char) in.readByte();
        return switch (kind) {
            case 's' -> new String(in.readNBytes(count(in)), StandardCharsets.UTF_8);
            case 'l' -> in.readLong();
            case 'd' -> in.readDouble();
            case 'f' -> in.readFloat();
            case 't' -> true;
            case 'n' -> false;
            case 'a' -> list(in);
            case 'm' -> map(in);
            case '0' -> null;
            default -> throw new IOException("a value of kind " + kind);
        };
    }

    private static List<@Nullable Object> list(DataInputStream in) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        for (int left = count(in); left > 0; left--) {
            list.add(read(in));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(DataInputStream in) throws IOException {
        Map<String, @Nullable Object> map = new HashMap<>();
        for (int left = count(in); left > 0; left--) {
            map.put(String.valueOf(read(in)), read(in));
        }
        return map;
    }

    /** Never more than there are bytes left. */
    static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > in.available()) {
            throw new IOException(count + " things in " + in.available() + " bytes");
        }
        return count;
    }
}
