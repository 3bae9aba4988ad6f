package dev.milvuso.standalone.demo;

/**
 * One film of the shop.
 *
 * @param quality how likely someone who likes the genre is to like the film, 0 to 1
 */
record Film(String id, String title, String genre, String era, double quality) {}
