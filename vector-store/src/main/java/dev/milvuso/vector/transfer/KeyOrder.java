package dev.milvuso.vector.transfer;

import dev.milvuso.vector.Id;
import dev.milvuso.vector.Texts;
import java.util.Comparator;

/** The order in which stores give rows: numbers as numbers, texts by code point. */
enum KeyOrder implements Comparator<Id> {
    BY_CODE_POINT;

    @Override
    public int compare(Id a, Id b) {
        return a instanceof Id.Text first && b instanceof Id.Text second
                ? Texts.compare(first.value(), second.value())
                : a.compareTo(b);
    }
}
