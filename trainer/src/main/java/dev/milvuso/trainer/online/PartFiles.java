package dev.milvuso.trainer.online;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/** The files in which the parts of snapshots lie; each snapshot puts its own into a new one. */
record PartFiles(Path directory) {
    private static final String NAME = "parts-";

    private Path path(long file) {
        return directory.resolve(NAME + file);
    }

    /** A file that grows. What it holds is on the disk once {@link #force} has returned. */
    static final class Growing implements AutoCloseable {
        private final long file;
        private final FileChannel channel;

        private Growing(long file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        /** Files that came before have smaller numbers. */
        long number() {
            return file;
        }

        Place append(ByteBuffer part) throws IOException {
            CRC32C checksum = new CRC32C();
            checksum.update(part.duplicate());
            Place place = new Place(file, channel.position(), part.remaining(), (int) checksum.getValue());
            while (part.hasRemaining()) {
                channel.write(part);
            }
            return place;
        }

        void force() throws IOException {
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** A new file under a number above all that are there, which a snapshot that cannot be read may name. */
    Growing create() throws IOException {
        Files.createDirectories(directory);
        long file =
                1 + numbers().values().stream().mapToLong(Long::longValue).max().orElse(0);
        return new Growing(file, FileChannel.open(path(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    private Map<Path, Long> numbers() throws IOException {
        Map<Path, Long> numbers = new HashMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, NAME + "*")) {
            for (Path path : all) {
                String number = path.getFileName().toString().substring(NAME.length());
                if (number.matches("\\d{1,18}")) {
                    numbers.put(path, Long.parseLong(number));
                }
            }
        }
        return numbers;
    }

    /** Reads parts, from as many files as it takes. For several threads. */
    final class Reader implements AutoCloseable {
        private final Map<Long, FileChannel> open = new HashMap<>();

        /** @throws IOException naming the file, if the part is not what was written */
        ByteBuffer read(Place place) throws IOException {
            ByteBuffer part = ByteBuffer.allocate(place.length());
            FileChannel channel = channel(place.file());
            int read = 0;
            while (part.hasRemaining() && read >= 0) {
                read = channel.read(part, place.offset() + part.position());
            }
            CRC32C checksum = new CRC32C();
            checksum.update(part.flip().duplicate());
            if (part.remaining() < place.length() || (int) checksum.getValue() != place.checksum()) {
                throw new IOException(NAME + place.file() + " is damaged or cut off at byte " + place.offset());
            }
            return part;
        }

        private synchronized FileChannel channel(long file) throws IOException {
            FileChannel channel = open.get(file);
            if (channel == null) {
                try {
                    channel = FileChannel.open(path(file), StandardOpenOption.READ);
                } catch (NoSuchFileException e) {
                    throw new IOException(NAME + file + " is missing", e);
                }
                open.put(file, channel);
            }
            return channel;
        }

        @Override
        public synchronized void close() throws IOException {
            for (FileChannel channel : open.values()) {
                channel.close();
            }
        }
    }

    Reader reader() {
        return new Reader();
    }

    /** Deletes all others. */
    void keepOnly(Set<Long> files) throws IOException {
        for (Map.Entry<Path, Long> file : numbers().entrySet()) {
            if (!files.contains(file.getValue())) {
                Files.delete(file.getKey());
            }
        }
    }
}
