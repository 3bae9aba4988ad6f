package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks what was given on the command line before any work begins; each message says what would be right. */
final class Input {
    private Input() {}

    static void range(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new ConfigException(option + " is " + value + ": must be " + least + " to " + most);
        }
    }

    /**
     * The files of a folder whose name ends so, by name, but none that a job has not finished or keeps for itself.
     *
     * @throws ConfigException if there are none, or one cannot be read
     */
    static List<Path> filesIn(Path folder, String ending) {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.filter(file -> isFinished(file.getFileName().toString(), ending))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new ConfigException(folder + ": is a folder without any file *" + ending);
            }
            files.forEach(Input::readable);
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw new ConfigException(folder + ": cannot be read: " + e.getMessage());
        }
    }

    private static boolean isFinished(String name, String ending) {
        return name.endsWith(ending) && !name.startsWith("_") && !name.startsWith(".");
    }

    /**
     * Before long work begins whose result goes there.
     *
     * @throws ConfigException if the file's folder is missing or takes no files, or it is a folder itself
     */
    static void writable(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new ConfigException(option + " " + file + ": is a folder, must be a file");
        }
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new ConfigException(option + " " + file + ": there is no folder " + folder + " that takes files");
        }
    }

    static void readable(Path file) {
        String fault = Files.notExists(file)
                ? "there is no such file"
                : Files.isDirectory(file) ? "is a folder, must be a file" : "cannot be read";
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ConfigException(file + ": " + fault);
        }
    }
}
