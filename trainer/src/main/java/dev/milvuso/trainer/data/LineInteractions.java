package dev.milvuso.trainer.data;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads interactions from a text file. */
final class LineInteractions extends RecordReader<Interaction> implements InteractionReader {
    private final DataFormat format;
    private final InteractionCheck check;
    private @Nullable LineFormat lines;

    /** @throws IllegalArgumentException if the file cannot be opened */
    LineInteractions(Path file, DataFormat format, OnError onError, InteractionCheck check) {
        super(file, onError);
        this.format = format;
        this.check = check;
    }

    @Override
    boolean begin(String first) {
        LineFormat.Start start = LineFormat.start(format, first);
        lines = start.lines();
        return start.header();
    }

    @Override
    List<Interaction> parse(String text) {
        if (lines == null) {
            throw new IllegalStateException("a line before the first");
        }
        List<Interaction> parsed = lines.parse(text);
        parsed.forEach(check::check);
        return parsed;
    }

    @Override
    String decodeForeign(byte[] bytes) {
        throw new IllegalArgumentException("is not UTF-8");
    }
}
