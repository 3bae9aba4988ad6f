package dev.milvuso.standalone.lists;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file of lists, one a line, that can be gone on with: a last line that was cut off is taken away first. */
final class ListFile implements ListOutput {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Writer out;
    private final long before;
    private final String last;

    private ListFile(Writer out, long before, String last) {
        this.out = out;
        this.before = before;
        this.last = last;
    }

    /** @throws IllegalArgumentException if there is a file that holds something else */
    static ListFile open(Path file) throws IOException {
        String last = "";
        long lines = 0;
        if (Files.exists(file)) {
            cut(file);
            try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines++;
                    last = line;
                }
            }
        }
        String user = lines == 0 ? "" : user(file, lines, last);
        Writer out = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return new ListFile(out, lines, user);
    }

    private static String user(Path file, long line, String text) {
        try {
            String user = JSON.readTree(text).path("user_id").textValue();
            if (user != null) {
                return user;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ", line " + line + ": is no list of a user", e);
        }
        throw new IllegalArgumentException(file + ", line " + line + ": is no list of a user");
    }

    /** After the last line that ends. */
    private static void cut(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long end = bytes.length();
            while (end > 0 && byteAt(bytes, end - 1) != '\n') {
                end--;
            }
            bytes.setLength(end);
        }
    }

    private static int byteAt(RandomAccessFile bytes, long position) throws IOException {
        bytes.seek(position);
        return bytes.read();
    }

    @Override
    public long before() {
        return before;
    }

    @Override
    public String last() {
        return last;
    }

    /** Sees to it that they are in the file. */
    @Override
    public void add(List<UserLists.Line> lines) throws IOException {
        for (UserLists.Line line : lines) {
            out.write(line.json());
            out.write('\n');
        }
        out.flush();
    }

    @Override
    public void finish() {}

    @Override
    public void close() throws IOException {
        out.close();
    }
}
