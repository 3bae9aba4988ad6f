package dev.milvuso.standalone.command;

import dev.milvuso.vector.transfer.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Shows how a transfer of rows gets on. */
final class TransferProgress {
    private TransferProgress() {}

    /** @param what such as {@code exported} */
    static <T> T during(PrintWriter out, String what, Function<Progress, T> transfer) throws InterruptedException {
        AtomicLong rows = new AtomicLong();
        AtomicLong all = new AtomicLong();
        return ProgressLine.during(
                out,
                () -> new ProgressLine.State(
                        (double) rows.get() / Math.max(1, all.get()),
                        String.format(Locale.ROOT, "%,d of %,d rows %s", rows.get(), all.get(), what)),
                () -> transfer.apply((done, expected) -> {
                    rows.set(done);
                    all.set(expected);
                }));
    }
}
