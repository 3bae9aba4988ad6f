package dev.milvuso.trainer.data;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Opens text files, {@code .gz} and {@code .zst} decompressed. */
public final class TextFiles {
    private TextFiles() {}

    public static BufferedReader open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            String name = file.toString();
            InputStream text = name.endsWith(".gz")
                    ? new GZIPInputStream(raw, 1 << 16)
                    : name.endsWith(".zst") ? new ZstdInputStream(raw) : raw;
            return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8), 1 << 16);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
