package dev.milvuso.trainer.batch;

import dev.milvuso.trainer.model.SharedNumbers;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * A run that can go on: its rows, their optimizer's state and how far it is, in one file that ends with its checksum.
 */
final class Checkpoint {
    private final Path path;
    private final String run;

    /** @param run what tells this run from every other: its configuration and data */
    Checkpoint(Path path, String run) {
        this.path = path;
        this.run = run;
    }

    /** @param epochs that are done */
    record Progressed(int epochs, long samples) {}

    /** Written beside its place, forced to disk and moved there. */
    void write(TrainingPlan plan, HeldOut heldOut, Progressed progressed) {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        CRC32C sum = new CRC32C();
        try (FileOutputStream file = new FileOutputStream(fresh.toFile());
                DataOutputStream out =
                        new DataOutputStream(new CheckedOutputStream(new BufferedOutputStream(file, 1 << 16), sum))) {
            out.writeUTF(run);
            out.writeInt(progressed.epochs());
            out.writeLong(progressed.samples());
            plan.model().users().write(out);
            plan.model().items().write(out);
            write(plan.shared().state(), out);
            heldOut.write(out);
            out.writeInt((int) sum.getValue());
            out.flush();
            file.getFD().sync();
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteQuietly(fresh, e);
            throw new UncheckedIOException("the checkpoint cannot be written to " + path + ": " + e.getMessage(), e);
        }
    }

    static void write(SharedNumbers.State shared, DataOutput out) throws IOException {
        out.writeDouble(shared.bias());
        out.writeDouble(shared.scale());
        out.writeDouble(shared.biasSquares());
        out.writeDouble(shared.scaleSquares());
    }

    static SharedNumbers.State state(DataInput in) throws IOException {
        return new SharedNumbers.State(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
    }

    /**
     * Fills an empty model with what was written; leaves it empty if nothing was.
     *
     * @throws IllegalArgumentException if it is the checkpoint of another run, or damaged
     */
    Progressed read(TrainingPlan plan, HeldOut heldOut) {
        if (!Files.exists(path)) {
            return new Progressed(0, 0);
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
            checkSum();
            if (!in.readUTF().equals(run)) {
                throw new IllegalArgumentException(path
                        + " is the checkpoint of a run with other settings or data: use the same ones, or delete it");
            }
            Progressed progressed = new Progressed(in.readInt(), in.readLong());
            plan.model().users().read(in);
            plan.model().items().read(in);
            plan.shared().restore(state(in));
            heldOut.read(in, plan.model().users().dimension());
            return progressed;
        } catch (IOException e) {
            throw new IllegalArgumentException(path + " is damaged, delete it to begin anew: " + e.getMessage(), e);
        }
    }

    /** Before any of it is believed: a number that has changed may say how much memory to take. */
    private void checkSum() throws IOException {
        CRC32C sum = new CRC32C();
        long length = Files.size(path) - Integer.BYTES;
        try (DataInputStream in = new DataInputStream(Files.newInputStream(path))) {
            byte[] part = new byte[1 << 16];
            for (long left = length; left > 0; ) {
                int read = in.read(part, 0, (int) Math.min(part.length, left));
                if (read < 0) {
                    break;
                }
                sum.update(part, 0, read);
                left -= read;
            }
            if (length < 0 || in.readInt() != (int) sum.getValue()) {
                throw new IOException("it does not have the checksum that was written with it");
            }
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What has failed already is what is told. */
    private static void deleteQuietly(Path file, IOException failed) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            failed.addSuppressed(e);
        }
    }
}
