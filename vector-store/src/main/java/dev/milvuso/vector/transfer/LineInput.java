package dev.milvuso.vector.transfer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Function;

/** Lines of a stream, whose faults name the line. Not for use by several threads. */
final class LineInput {
    private static final String CUT_OFF = "the stream is cut off: its last line must be [\"end\", rows, SHA-256]";

    private final InputStream in;
    private final int longest;
    private long number;
    private boolean ended;

    /** @param longest line in bytes */
    LineInput(InputStream in, int longest) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.longest = longest;
    }

    /**
     * The last line may be without an end.
     *
     * @throws IllegalArgumentException if there is none, or it is too long
     */
    byte[] next() {
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        try {
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    ended = true;
                    if (line.size() == 0) {
                        throw wrong(CUT_OFF);
                    }
                    break;
                }
                if (line.size() == longest) {
                    throw wrong("has more than " + longest + " bytes");
                }
                line.write(b);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the stream ended in line " + number, e);
        }
        return line.toByteArray();
    }

    <T> T parsed(Function<byte[], T> reader) {
        return parse(next(), reader);
    }

    /** @throws IllegalArgumentException naming the line that was read last */
    <T> T parse(byte[] line, Function<byte[], T> reader) {
        try {
            return reader.apply(line);
        } catch (IllegalArgumentException e) {
            boolean isPart = ended && line.length > 0 && line[line.length - 1] != '}' && line[line.length - 1] != ']';
            throw wrong(isPart ? CUT_OFF : String.valueOf(e.getMessage()));
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("line " + number + ": " + what);
    }
}
