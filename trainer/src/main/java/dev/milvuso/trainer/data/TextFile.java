package dev.milvuso.trainer.data;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A text file, {@code .gz} and {@code .zst} decompressed, that knows how much of it has been read. */
public final class TextFile implements AutoCloseable {
    private final BufferedReader lines;
    private final Counted raw;

    private TextFile(BufferedReader lines, Counted raw) {
        this.lines = lines;
        this.raw = raw;
    }

    /** @throws IOException saying what is wrong; the name of the file is for the caller to say */
    public static TextFile open(Path file, Charset charset) throws IOException {
        checkIsFile(file);
        Counted raw = new Counted(Files.newInputStream(file));
        try {
            InputStream text = decompressed(file.toString(), new BufferedInputStream(raw, 1 << 16));
            return new TextFile(new BufferedReader(new InputStreamReader(text, charset), 1 << 16), raw);
        } catch (IOException e) {
            raw.close();
            throw inWords(e);
        }
    }

    static void checkIsFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException("there is no such file");
        }
        if (Files.isDirectory(file)) {
            throw new IOException("it is a directory, must be a file");
        }
    }

    private static InputStream decompressed(String name, InputStream raw) throws IOException {
        if (name.endsWith(".gz")) {
            return new GZIPInputStream(raw, 1 << 16);
        }
        return name.endsWith(".zst") ? zstd(raw) : raw;
    }

    /** The library takes no bytes at all for an empty text. */
    private static InputStream zstd(InputStream raw) throws IOException {
        raw.mark(1);
        if (raw.read() < 0) {
            throw new EOFException();
        }
        raw.reset();
        return new ZstdInputStream(raw);
    }

    /** @throws IOException saying what is wrong, also if a compressed file lacks its end */
    public @Nullable String readLine() throws IOException {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw inWords(e);
        }
    }

    /** Decompressors say nothing when the end is missing. */
    private static IOException inWords(IOException e) {
        return e instanceof EOFException || e.getMessage() == null ? new IOException("it is cut off", e) : e;
    }

    /** Bytes of the file as it lies on disk; may be asked by any thread. */
    public long bytesRead() {
        return raw.bytes.get();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private static final class Counted extends FilterInputStream {
        private final AtomicLong bytes = new AtomicLong();

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            bytes.addAndGet(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            bytes.addAndGet(Math.max(0, read));
            return read;
        }
    }
}
