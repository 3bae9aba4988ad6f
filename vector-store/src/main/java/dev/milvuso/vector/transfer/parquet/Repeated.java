package dev.milvuso.vector.transfer.parquet;

import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;

/** A list or a map: a group around a group that repeats, whose members come by their converters. */
final class Repeated extends GroupConverter {
    private final Runnable begun;
    private final Runnable ended;
    private final GroupConverter inner;

    /**
     * @param begun before the first of each row's
     * @param ended after the last
     */
    Repeated(Runnable begun, Runnable ended, Converter... members) {
        this.begun = begun;
        this.ended = ended;
        List<Converter> all = List.of(members);
        this.inner = new GroupConverter() {
            @Override
            public Converter getConverter(int position) {
                return all.get(position);
            }

            @Override
            public void start() {
                // Each of its members says by itself that it is there.
            }

            @Override
            public void end() {
                // As above.
            }
        };
    }

    @Override
    public Converter getConverter(int position) {
        return inner;
    }

    @Override
    public void start() {
        begun.run();
    }

    @Override
    public void end() {
        ended.run();
    }
}
