package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks what was given on the command line before any work begins; each message says what would be right. */
final class Input {
    private Input() {}

    static void range(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new ConfigException(option + " is " + value + ": must be " + least + " to " + most);
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
