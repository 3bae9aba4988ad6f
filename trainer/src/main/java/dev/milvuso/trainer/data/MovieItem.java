package dev.milvuso.trainer.data;

import java.util.List;
import java.util.OptionalInt;

/**
 * A line of MovieLens' list of films.
 *
 * @param title with the year, as MovieLens writes it
 * @param genres in the file's order; empty where none is listed
 * @param year from the end of the title
 */
public record MovieItem(String id, String title, List<String> genres, OptionalInt year) {
    public MovieItem {
        genres = List.copyOf(genres);
    }
}
