package dev.milvuso.vector.text;

/**
 * A sparse vector field that is made of a text field.
 *
 * @param field of the texts
 * @param documents rows that were counted
 * @param tokens of all of them, repeats included
 * @param words different ones
 * @param generation which count it was
 */
public record Bm25Field(String vector, String field, long documents, long tokens, long words, String generation) {}
