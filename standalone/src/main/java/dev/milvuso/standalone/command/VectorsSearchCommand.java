package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Explanation;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.ScoreRange;
import dev.milvuso.vector.SearchParameters;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.EntityJson;
import dev.milvuso.vector.json.JsonBytes;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.json.JsonMismatch;
import dev.milvuso.vector.json.QueryTexts;
import dev.milvuso.vector.json.ResultsJson;
import dev.milvuso.vector.json.SearchIteration;
import dev.milvuso.vector.json.SearchJson;
import dev.milvuso.vector.text.CollectionTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Searches: by a vector, by an entity that is there, or by a whole request in JSON. */
@Command(
        name = "search",
        description = "The nearest to a vector (--vector), a text (--text), an entity (--near), or as --request says.")
final class VectorsSearchCommand extends CollectionCommands.OfOne {
    /** Hits fetched at a time, of a search by pages. */
    private static final int PAGE = 1000;

    @Option(
            names = "--vector",
            paramLabel = "JSON",
            description = {
                "[0.1, 0.2]; binary: \"base64\"; sparse: {\"17\": 0.5};",
                "given several times: several queries at once, a list of hits for each"
            })
    private List<String> vectors = new ArrayList<>();

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "its words, by BM25, in a sparse vector that vectors bm25 has made")
    private @Nullable String text;

    @Option(names = "--near", paramLabel = "KEY", description = "what is like this entity, itself left out")
    private @Nullable String near;

    @Option(
            names = "--request",
            paramLabel = "FILE",
            description = {
                "as POST /collections/{collection}/search takes it, with --all or --limit as POST …/search/iterate;",
                "the options below do not count then"
            })
    private @Nullable Path request;

    @Option(names = "--field", paramLabel = "NAME", description = "which vector; may be left out where there is one")
    private @Nullable String field;

    @Option(names = "-k", defaultValue = "10", paramLabel = "N", description = "how many; default: ${DEFAULT-VALUE}")
    private int k = 10;

    @Option(names = "--filter", paramLabel = "TEXT", description = "what a hit must fulfil, such as 'year >= 1990'")
    private @Nullable String filter;

    @Option(
            names = "--output",
            split = ",",
            paramLabel = "FIELD",
            description = "fields and vectors that are shown beside the key; \"*\" is all; default: none")
    private @Nullable List<String> output;

    @Option(names = "--partition", split = ",", paramLabel = "NAME", description = "to look in; default: all")
    private Set<String> partitions = new LinkedHashSet<>();

    @Option(names = "--group-by", paramLabel = "FIELD", description = "the best hit of each of its values alone")
    private @Nullable String groupBy;

    @Option(names = "--offset", defaultValue = "0", paramLabel = "N", description = "of the best, left out; default: 0")
    private int offset;

    @Option(
            names = "--radius",
            paramLabel = "SCORE",
            description = "only what is nearer than this: above it, or below it for a distance")
    private @Nullable Float radius;

    @Option(
            names = "--range-filter",
            paramLabel = "SCORE",
            description = "with --radius: only what is no nearer than this")
    private @Nullable Float rangeFilter;

    @Option(names = "--recall", paramLabel = "SHARE", description = "of the true hits to find, above 0 to 1; 1 scans")
    private @Nullable Float recall;

    @Option(names = "--ef", paramLabel = "N", description = "breadth of a search in a graph, -k or more")
    private @Nullable Integer ef;

    @Option(names = "--probes", paramLabel = "N", description = "inverted lists to read")
    private @Nullable Integer probes;

    @Option(names = "--search-list", paramLabel = "N", description = "breadth of a search of DISKANN, -k or more")
    private @Nullable Integer searchList;

    @Option(names = "--reorder", paramLabel = "N", description = "candidates of SCANN that are scored anew")
    private @Nullable Integer reorder;

    @Option(names = "--round-decimals", paramLabel = "N", description = "of scores, 0 to 6")
    private @Nullable Integer roundDecimals;

    @Option(
            names = "--all",
            description =
                    "everything that is found, however much, best first; with --json a hit a line, and last its end")
    private boolean all;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "as --all, and ends after so many, which may be any number")
    private @Nullable Long limit;

    @Option(
            names = "--explain",
            description =
                    "also how it went: candidates that the filter lets through, the store's plan, time of each stage")
    private boolean explain;

    @Override
    void run(VectorStore store) throws IOException {
        @Nullable Object query = vectors.isEmpty() ? null : vectors;
        if (Stream.of(query, text, near, request).filter(Objects::nonNull).count() != 1) {
            throw new ConfigException("give one of --vector, --text, --near and --request");
        }
        EntityJson json = new EntityJson(schema(store, collection()));
        if (all || limit != null) {
            refuseBeside("-k", "--offset", "--group-by", "--explain", "--round-decimals");
            iterate(store, json);
            return;
        }
        Path file = request;
        SearchRequest search = file == null
                ? request(store, json)
                : read(file, given -> SearchJson.read(given, json, texts(store, json)));
        Optional<Explanation> explanation =
                explain ? Optional.of(store.explain(collection(), search)) : Optional.empty();
        List<List<Hit>> results =
                explanation.map(Explanation::hits).orElseGet(() -> store.searchAll(collection(), search));
        List<String> lines = lines(json, results);
        explanation.ifPresent(how -> lines.addAll(ExplanationLines.of(how)));
        print(ResultsJson.of(json, results, explanation), lines);
    }

    private void refuseBeside(String... options) {
        Stream.of(options).filter(this::isGiven).findFirst().ifPresent(option -> {
            throw new ConfigException(
                    option + " is of a search for the nearest few: it does not go with " + (all ? "--all" : "--limit"));
        });
    }

    private void iterate(VectorStore store, EntityJson json) throws IOException {
        Path file = request;
        SearchIteration search = file == null
                ? new SearchIteration(request(store, json), Optional.empty(), Optional.empty())
                : read(file, given -> SearchJson.iteration(given, json, texts(store, json)));
        long most = limit == null ? search.limit().orElse(Long.MAX_VALUE) : limit;
        if (most < 1) {
            throw new ConfigException("--limit is " + most + ": must be 1 or more");
        }
        int page = (int) Math.min(most, search.page().orElse(PAGE));
        Iterator<List<Hit>> pages = store.iterateSearch(collection(), search.request(), page);
        long shown = 0;
        while (shown < most && pages.hasNext() && !isDeaf()) {
            List<Hit> hits = pages.next();
            hits = hits.subList(0, (int) Math.min(hits.size(), most - shown));
            show(json, hits, shown);
            shown += hits.size();
        }
        if (json() && !isDeaf()) {
            print(Result.json(List.of("end", shown)));
        }
    }

    private void show(EntityJson json, List<Hit> hits, long before) {
        if (json()) {
            hits.forEach(hit -> print(new String(JsonBytes.of(out -> json.write(out, hit)), StandardCharsets.UTF_8)));
        } else {
            new EntityTable(json).hitLines(hits, before).forEach(this::print);
        }
    }

    private SearchRequest request(VectorStore store, EntityJson json) {
        VectorField searched = json.schema().vector(Optional.ofNullable(field));
        Set<Id> exclude = near == null ? Set.of() : Set.copyOf(EntityCommands.keys(json, List.of(near)));
        return new SearchRequest(
                queries(store, json, searched, exclude),
                Optional.of(searched.name()),
                k,
                offset,
                EntityCommands.filter(filter),
                exclude,
                EntityCommands.output(output, Output.KEY),
                Optional.ofNullable(groupBy),
                range(),
                partitions,
                parameters());
    }

    private Optional<ScoreRange> range() {
        if (radius == null && rangeFilter != null) {
            throw new ConfigException("--range-filter needs --radius, the bound on the far side");
        }
        return Optional.ofNullable(radius).map(bound -> new ScoreRange(bound, Optional.ofNullable(rangeFilter)));
    }

    private SearchParameters parameters() {
        SearchParameters parameters = recall == null ? SearchParameters.NONE : SearchParameters.NONE.withRecall(recall);
        parameters = ef == null ? parameters : parameters.withEf(ef);
        parameters = probes == null ? parameters : parameters.withProbes(probes);
        parameters = searchList == null ? parameters : parameters.withSearchList(searchList);
        parameters = reorder == null ? parameters : parameters.withReorder(reorder);
        return roundDecimals == null ? parameters : parameters.withRoundDecimals(roundDecimals);
    }

    private List<Vector> queries(VectorStore store, EntityJson json, VectorField searched, Set<Id> like) {
        return vectors.isEmpty()
                ? List.of(query(store, json, searched, like))
                : vectors.stream().map(given -> vector(given, json, searched)).toList();
    }

    private static Vector vector(String given, EntityJson json, VectorField searched) {
        JsonInput input = parse("--vector", given);
        try {
            return json.vector(input, searched);
        } catch (JsonMismatch e) {
            throw new IllegalArgumentException("--vector " + e.getMessage(), e);
        }
    }

    private Vector query(VectorStore store, EntityJson json, VectorField searched, Set<Id> like) {
        String words = text;
        if (words != null) {
            return texts(store, json).query(searched, words);
        }
        List<Entity> found = store.get(collection(), like, Output.of(searched.name()));
        return found.stream()
                .map(entity -> entity.vectors().get(searched.name()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no entity " + near + " in collection " + collection()));
    }

    static QueryTexts texts(VectorStore store, EntityJson json) {
        return (field, text) -> new CollectionTexts(store).query(json.schema(), field, text);
    }

    private static List<String> lines(EntityJson json, List<List<Hit>> results) {
        List<String> lines = new ArrayList<>();
        for (List<Hit> hits : results) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(new EntityTable(json).hitLines(hits));
        }
        return lines;
    }
}
