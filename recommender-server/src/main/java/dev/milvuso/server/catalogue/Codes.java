package dev.milvuso.server.catalogue;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;

/** Numbers words, so that comparing them is comparing ints. A word keeps its number. */
public final class Codes {
    /** The code of no word. */
    public static final int NONE = -1;

    private final ConcurrentHashMap<String, Integer> codes = new ConcurrentHashMap<>();

    /** The word's code, or {@link #NONE} if no item has it. */
    public int find(String word) {
        return codes.getOrDefault(word, NONE);
    }

    /** The codes of those words that any item has. */
    public int[] find(Collection<String> words) {
        return words.stream().mapToInt(this::find).filter(code -> code != NONE).toArray();
    }

    /** For one thread at a time. */
    int of(String word) {
        Integer code = codes.get(word);
        if (code == null) {
            code = codes.size();
            codes.put(word, code);
        }
        return code;
    }
}
