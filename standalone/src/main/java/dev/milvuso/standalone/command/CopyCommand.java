package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.transfer.Bookmark;
import dev.milvuso.vector.transfer.CollectionCopy;
import dev.milvuso.vector.transfer.Comparison;
import dev.milvuso.vector.transfer.FileBookmark;
import dev.milvuso.vector.transfer.StoreRows;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From one store into another, and a look whether all of it is there. */
@Command(
        name = "copy",
        description = {
            "Copies a collection and compares both row by row.",
            "Into another store (--to-url, --to-uri, --to-data-dir) or database, or under another name (--as) where it is. Exit 1 if they are not equal then.",
            "With --progress-file a copy that was stopped goes on; without, it writes all rows again."
        })
final class CopyCommand extends CollectionCommands.OfOne {
    @Mixin
    private CopyTarget target = new CopyTarget();

    @Option(names = "--as", paramLabel = "NAME", description = "of the copy; default: the collection's own")
    private @Nullable String name;

    @Option(
            names = "--aliases",
            description = "give the copy the aliases that the collection has, which must be free there")
    private boolean aliases;

    @Option(
            names = "--progress-file",
            paramLabel = "FILE",
            description = "remembers how far the copy is; removed at its end")
    private @Nullable Path progressFile;

    @Override
    void run(VectorStore store) throws Exception {
        target.with(options(), store, other -> copy(store, other));
    }

    private void copy(VectorStore from, VectorStore to) throws InterruptedException {
        CollectionSchema schema = schema(from, collection());
        String copied = name == null ? schema.name() : name;
        if (from.equals(to) && copied.equals(schema.name())) {
            throw new ConfigException(
                    "the copy would be the collection itself: give another store, or a name with --as");
        }
        CollectionCopy plain = new CollectionCopy(new StoreRows(from, schema.name()), to, copied);
        CollectionCopy copy = aliases ? plain.withAliases() : plain;
        Bookmark bookmark = Optional.ofNullable(progressFile)
                .<Bookmark>map(file -> new FileBookmark(file, "copy of " + schema.name() + " to " + copied))
                .orElseGet(Bookmark::none);
        long started = System.nanoTime();
        long rows = TransferProgress.during(err(), "copied", progress -> copy.run(bookmark, progress));
        double seconds = (System.nanoTime() - started) / 1e9;
        Comparison result = TransferProgress.during(err(), "compared", copy::compare);
        print(
                out -> {
                    out.writeStartObject();
                    out.writeNumberField("rows", rows);
                    out.writeNumberField("seconds", seconds);
                    TransferCommands.writeMembers(out, result);
                    out.writeEndObject();
                },
                List.of(
                        String.format(Locale.ROOT, "%,d rows copied in %.1f s", rows, seconds),
                        TransferCommands.sentence(result)));
        if (!result.isEqual()) {
            throw new IllegalStateException("collection " + copied + " is not what " + schema.name()
                    + " is; was one of them written meanwhile?");
        }
    }
}
