package dev.milvuso.trainer.data;

import dev.milvuso.action.ItemId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads MovieLens' films: {@code movies.dat} ({@code id::title::genre|genre}, or tabs for {@code ::}) or
 * {@code movies.csv} (header {@code movieId,title,genres}), told apart by the first line. A line that is not UTF-8 is
 * taken as ISO 8859-1, in which the older sets are written.
 */
public final class ItemReader extends RecordReader<MovieItem> {
    private static final Pattern YEAR = Pattern.compile("\\((\\d{4})\\)\\s*$");
    private static final String NO_GENRES = "(no genres listed)";

    private String separator = ",";

    private ItemReader(Path file, OnError onError) {
        super(file, onError);
    }

    /** @throws IllegalArgumentException if the file cannot be opened */
    public static ItemReader open(Path file, OnError onError) {
        return new ItemReader(file, onError);
    }

    @Override
    boolean begin(String first) {
        if (first.contains("::")) {
            separator = "::";
            return false;
        }
        if (first.contains("\t")) {
            separator = "\t";
            return false;
        }
        if (!Arrays.asList(Csv.fields(first)).equals(List.of("movieId", "title", "genres"))) {
            throw new IllegalArgumentException(
                    "must be id::title::genres, or those separated by tabs, or the header movieId,title,genres");
        }
        return true;
    }

    @Override
    List<MovieItem> parse(String text) {
        String[] fields = separator.equals(",") ? Csv.fields(text) : text.split(separator, -1);
        if (fields.length != 3) {
            throw new IllegalArgumentException("has " + fields.length + " fields, must have 3: id, title and genres");
        }
        String title = fields[1].strip();
        if (title.isEmpty()) {
            throw new IllegalArgumentException("title is empty");
        }
        return List.of(new MovieItem(new ItemId(fields[0]).value(), title, genres(fields[2]), year(title)));
    }

    private static List<String> genres(String text) {
        return Arrays.stream(text.split("\\|"))
                .map(String::strip)
                .filter(genre -> !genre.isEmpty() && !genre.equals(NO_GENRES))
                .distinct()
                .toList();
    }

    private static OptionalInt year(String title) {
        Matcher matcher = YEAR.matcher(title);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    @Override
    String decodeForeign(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
