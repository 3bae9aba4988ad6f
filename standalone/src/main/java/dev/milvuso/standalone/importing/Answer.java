package dev.milvuso.standalone.importing;

import java.util.List;
import java.util.SortedMap;

/** What the server has done with an array. */
sealed interface Answer {
    /** @param eventIds of the actions; empty for items */
    record Taken(List<String> eventIds) implements Answer {}

    /** It is more than the server takes at once. */
    record TooLarge(String detail) implements Answer {}

    /**
     * Something in it is wrong, so that nothing of it was taken.
     *
     * @param faults what is wrong, by place in the array; empty if the answer names no place
     */
    record Refused(String detail, SortedMap<Integer, String> faults) implements Answer {}
}
