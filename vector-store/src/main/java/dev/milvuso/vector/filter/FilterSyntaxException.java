package dev.milvuso.vector.filter;

/** A text that is no filter. The message names what is wrong, where, and what would be right. */
public final class FilterSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int position;

    FilterSyntaxException(int position, String reason) {
        super("filter, character " + (position + 1) + ": " + reason);
        this.position = position;
    }

    /** In chars of the text, from 0 on. */
    public int position() {
        return position;
    }
}
