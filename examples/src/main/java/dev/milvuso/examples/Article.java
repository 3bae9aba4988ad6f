package dev.milvuso.examples;

/** @param views how often it was read */
record Article(String id, String title, String category, long views, String text) {}
