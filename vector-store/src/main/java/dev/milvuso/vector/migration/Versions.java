package dev.milvuso.vector.migration;

import dev.milvuso.vector.Names;
import dev.milvuso.vector.VectorStore;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbered collections of one alias, {@code items_v1}, {@code items_v2} and so on, as they are in the store.
 *
 * @param alias what callers use
 */
record Versions(VectorStore store, String alias) {
    Versions {
        Names.checked("alias", alias);
    }

    String collection(int version) {
        return alias + "_v" + version;
    }

    /** Those that are there, in order. */
    List<Integer> there() {
        return store.list().stream()
                .flatMap(name -> version(name).stream())
                .sorted()
                .toList();
    }

    private Optional<Integer> version(String collection) {
        Matcher matcher =
                Pattern.compile(Pattern.quote(alias) + "_v([1-9]\\d{0,8})").matcher(collection);
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    /**
     * The one that the alias stands for.
     *
     * @throws IllegalStateException if the name is a collection's, or the alias of one without a number
     */
    Optional<Integer> current() {
        if (store.list().contains(alias)) {
            throw new IllegalStateException(alias + " is a collection and no alias: adopt it as version 1 first");
        }
        Optional<Integer> current = there().stream()
                .filter(version -> store.aliases(collection(version)).contains(alias))
                .findFirst();
        if (current.isEmpty() && store.describe(alias).isPresent()) {
            throw new IllegalStateException("alias " + alias + " stands for "
                    + store.describe(alias).get().name() + ", which is no " + collection(1) + " or the like");
        }
        return current;
    }

    void point(Optional<Integer> from, int to) {
        if (from.isEmpty()) {
            store.createAlias(alias, collection(to));
        } else {
            store.alterAlias(alias, collection(to));
        }
    }
}
