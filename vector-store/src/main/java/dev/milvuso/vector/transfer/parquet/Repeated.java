package dev.milvuso.vector.transfer.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;

/** A list or a map: a group around a group that repeats, whose members come by their converters. */
final class Repeated extends GroupConverter {
    private final Runnable begun;
    private final IntConsumer ended;
    private final GroupConverter inner;
    private int entries;

    /**
     * @param begun before the first of each row's
     * @param ended after the last, with how many there were: of those that are null a converter has heard nothing
     */
    Repeated(Runnable begun, IntConsumer ended, Converter... members) {
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
                entries++;
            }

            @Override
            public void end() {
                // Each of its members says by itself that it is there.
            }
        };
    }

    /**
     * A list of values, none of them null.
     *
     * @param name of its column
     * @param most elements: a few bytes of a page may say any number of them
     * @param element makes the converter of an element, which gives it on
     */
    static Repeated list(
            String name, int most, Function<Consumer<Object>, Converter> element, Consumer<List<Object>> taken) {
        List<Object> elements = new ArrayList<>();
        Converter each = element.apply(value -> {
            if (elements.size() == most) {
                throw new IllegalArgumentException(name + " has more than " + most + " elements");
            }
            elements.add(value);
        });
        return new Repeated(
                elements::clear,
                entries -> {
                    checkWhole(name, elements.size(), entries);
                    taken.accept(List.copyOf(elements));
                },
                each);
    }

    /** @throws IllegalArgumentException if some of the entries were null */
    static void checkWhole(String name, int values, int entries) {
        if (values != entries) {
            throw new IllegalArgumentException(name + " holds a null: each of its " + entries + " must be a value");
        }
    }

    @Override
    public Converter getConverter(int position) {
        return inner;
    }

    @Override
    public void start() {
        entries = 0;
        begun.run();
    }

    @Override
    public void end() {
        ended.accept(entries);
    }
}
