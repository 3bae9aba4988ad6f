package dev.milvuso.standalone.importing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.trainer.data.ItemReader;
import dev.milvuso.trainer.data.MovieItem;
import dev.milvuso.trainer.data.OnError;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** MovieLens' films as items: the first genre is the category, all of them are tags. */
final class FilmEntries implements Entries {
    private static final int EARLIEST = 1970;

    private final Path file;
    private final ItemReader reader;

    FilmEntries(Path file, OnError onError) {
        this.file = file;
        this.reader = ItemReader.open(file, onError);
    }

    @Override
    public @Nullable Entry next() {
        MovieItem film = reader.next();
        return film == null ? null : new Entry(Kind.ITEM, file + " line " + reader.line(), film.id(), body(film));
    }

    private static ObjectNode body(MovieItem film) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("item_id", film.id()).put("title", film.title());
        film.genres().stream().findFirst().ifPresent(genre -> body.put("category", genre));
        film.genres().forEach(body.putArray("tags")::add);
        film.year().ifPresent(year -> {
            body.putObject("attributes").put("year", year);
            // No time before 1970 is taken; without one an old film would count as new today.
            LocalDate made = LocalDate.of(Math.max(year, EARLIEST), 1, 1);
            body.put("created_at", made.atStartOfDay(ZoneOffset.UTC).toInstant().toString());
        });
        return body;
    }

    @Override
    public long skipped() {
        return reader.skipped();
    }

    @Override
    public long bytesRead() {
        return reader.bytesRead();
    }

    @Override
    public void close() {
        reader.close();
    }
}
