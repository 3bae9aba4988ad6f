package dev.milvuso.standalone.command;

import dev.milvuso.vector.transfer.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Shows how a transfer of rows gets on. */
final class TransferProgress {
    /** How far it is. */
    private record Done(long rows, long all) {}

    private TransferProgress() {}

    /** @param what such as {@code exported} */
    static <T> T during(PrintWriter out, String what, Function<Progress, T> transfer) throws InterruptedException {
        AtomicReference<Done> done = new AtomicReference<>(new Done(0, 0));
        return ProgressLine.during(
                out,
                () -> {
                    Done now = done.get();
                    return new ProgressLine.State(
                            now.all() == 0 ? 0 : (double) now.rows() / now.all(),
                            String.format(Locale.ROOT, "%,d of %,d rows %s", now.rows(), now.all(), what));
                },
                () -> transfer.apply((rows, all) -> done.set(new Done(rows, all))));
    }
}
