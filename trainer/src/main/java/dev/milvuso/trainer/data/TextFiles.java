package dev.milvuso.trainer.data;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Opens text files, {@code .gz} and {@code .zst} decompressed. */
public final class TextFiles {
    private TextFiles() {}

    /** Opens a file in UTF-8. */
    public static BufferedReader open(Path file) throws IOException {
        return open(file, StandardCharsets.UTF_8);
    }

    /** @throws IOException saying what is wrong; the name of the file is for the caller to say */
    public static BufferedReader open(Path file, Charset charset) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException("there is no such file");
        }
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            return new BufferedReader(new InputStreamReader(decompressed(file.toString(), raw), charset), 1 << 16);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static InputStream decompressed(String name, InputStream raw) throws IOException {
        if (name.endsWith(".gz")) {
            return new GZIPInputStream(raw, 1 << 16);
        }
        return name.endsWith(".zst") ? new ZstdInputStream(raw) : raw;
    }
}
