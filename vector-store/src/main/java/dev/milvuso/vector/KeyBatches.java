package dev.milvuso.vector;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Keys for several calls: each key once, in their order. For one thread. */
public final class KeyBatches {
    private final List<Id> given;
    private final List<List<Id>> batches;

    /** @param size most keys of a call */
    public KeyBatches(Collection<Id> keys, int size) {
        this.given = List.copyOf(keys);
        List<Id> distinct = given.stream().distinct().toList();
        this.batches = new ArrayList<>();
        for (int from = 0; from < distinct.size(); from += size) {
            batches.add(distinct.subList(from, Math.min(distinct.size(), from + size)));
        }
    }

    public List<List<Id>> all() {
        return List.copyOf(batches);
    }

    /**
     * Deletes one batch after the other.
     *
     * @param call deletes some; may say by a {@link PartialWrite} of which of its own it did not
     * @throws RuntimeException that of the call that failed, or a {@link PartialWrite} if others were acknowledged
     */
    public void delete(Consumer<List<Id>> call) {
        Set<Id> deleted = new HashSet<>();
        for (List<Id> batch : batches) {
            try {
                call.accept(batch);
                deleted.addAll(batch);
            } catch (RuntimeException e) {
                if (e instanceof PartialWrite partial) {
                    Set<Integer> not = new HashSet<>(partial.notDone());
                    IntStream.range(0, batch.size())
                            .filter(i -> !not.contains(i))
                            .mapToObj(batch::get)
                            .forEach(deleted::add);
                }
                throw deleted.isEmpty()
                        ? e
                        : PartialWrite.of(PartialWrite.Kind.DELETE, without(deleted), given.size(), e);
            }
        }
    }

    private List<Integer> without(Set<Id> deleted) {
        return IntStream.range(0, given.size())
                .filter(i -> !deleted.contains(given.get(i)))
                .boxed()
                .toList();
    }
}
