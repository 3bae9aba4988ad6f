package dev.milvuso.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What processes listen on, as Linux has it in {@code /proc/net/tcp}. */
final class Sockets {
    private static final String LISTENING = "0A";

    private Sockets() {}

    /** Addresses in hexadecimal, {@code 0100007F:1F90} for 127.0.0.1:8080. */
    static List<String> listening(Stream<ProcessHandle> processes) throws IOException {
        Set<String> inodes = new HashSet<>();
        for (ProcessHandle process : processes.toList()) {
            inodes.addAll(sockets(Path.of("/proc", String.valueOf(process.pid()), "fd")));
        }
        List<String> addresses = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            Files.readAllLines(Path.of(table)).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns[3].equals(LISTENING) && inodes.contains("socket:[" + columns[9] + "]"))
                    .forEach(columns -> addresses.add(columns[1]));
        }
        return addresses;
    }

    private static Set<String> sockets(Path descriptors) throws IOException {
        Set<String> targets = new HashSet<>();
        try (Stream<Path> links = Files.list(descriptors)) {
            for (Path link : links.toList()) {
                target(link).ifPresent(targets::add);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (NoSuchFileException e) {
            return Set.of(); // A process that has ended since listens on nothing.
        }
        return targets;
    }

    /** Empty for a descriptor that has been closed since. */
    private static Optional<String> target(Path link) throws IOException {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
