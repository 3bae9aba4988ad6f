package dev.milvuso.standalone.importing;

/** What can be imported, and where it is posted to. */
enum Kind {
    ACTION("/actions"),
    ITEM("/items");

    private final String path;

    Kind(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }
}
