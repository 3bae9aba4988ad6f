package dev.milvuso.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line on the embedded store of a folder. */
class VectorsCommandTest {
    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void make() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        Path schema = folder.resolve("schema.json");
        Files.writeString(schema, """
                {"name": "films", "key": {"type": "int64"}, "vectors": [{"name": "taste", "dimension": 2, "metric": "euclidean"}],
                 "fields": [{"name": "title", "type": "text"}, {"name": "year", "type": "int32"}]}""");
        assertThat(vectors("create", "--schema", schema).exit()).isZero();
        Path rows = folder.resolve("films.jsonl");
        Files.writeString(
                rows,
                IntStream.range(0, 2500)
                        .mapToObj(i -> "{\"id\": " + i + ", \"taste\": [" + i + ", 0], \"title\": \"film " + i
                                + "\", \"year\": " + (1900 + i % 100) + "}\n")
                        .collect(Collectors.joining()));
        JsonNode written = vectors("insert", "films", rows, "--json").json();
        assertThat(written.get("written").intValue()).isEqualTo(2500);
    }

    private Run vectors(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("vectors"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data-dir", data));
        return Run.of(all.toArray());
    }

    @Test
    void whatWasInsertedIsFoundByPeopleAndByScripts() throws Exception {
        assertThat(vectors("count", "films", "--filter", "year == 1999").out()).isEqualTo("25\n");
        Run table = vectors("search", "films", "--vector", "[7.25, 0]", "-k", 2, "--output", "title,year");
        assertThat(table.out().lines())
                .containsExactly(
                        "rank  id  score      title   year",
                        "1     7   0.0625000  film 7  1907",
                        "2     8   0.562500   film 8  1908");
        JsonNode near = vectors("search", "films", "--near", 7, "-k", 2, "--filter", "id > 7", "--json")
                .json();
        assertThat(near.at("/results/0/0/key").longValue()).isEqualTo(8);
        assertThat(near.at("/results/0/1/key").longValue()).isEqualTo(9);
        Run query = vectors("query", "films", "--filter", "title like 'film 24%'", "--limit", 1, "--output", "year");
        assertThat(query.out().lines()).containsExactly("id  year", "24  1924");
        assertThat(vectors("get", "films", 3, 99999, "--json").json().toString())
                .isEqualTo("{\"entities\":[{\"id\":3,\"taste\":[3.0,0.0],\"title\":\"film 3\",\"year\":1903}]}");
        assertThat(vectors("list").out().lines())
                .containsExactly("collection  rows  loaded  aliases", "films       2500  yes");
        assertThat(vectors("stats", "films").out()).isEqualTo("2,500 rows, loaded\n");
        assertThat(vectors("describe", "films").out())
                .contains("taste  vector  float32, dimension 2, metric \"euclidean\"");
    }

    @Test
    void aCollectionGoesOutIntoAFileAndComesBackFromIt() throws Exception {
        Path out = folder.resolve("out.jsonl");
        assertThat(vectors("export", "films", out, "--filter", "year >= 1950", "--json")
                        .json()
                        .get("written")
                        .intValue())
                .isEqualTo(1250);
        assertThat(vectors("export", "films", out).err()).contains("is there already");
        Path schema = folder.resolve("copy.json");
        Files.writeString(schema, vectors("describe", "films", "--json").out());
        assertThat(vectors("create", "copy", "--schema", schema).out()).isEqualTo("collection copy is ready\n");
        assertThat(vectors("upsert", "copy", out, "--batch", 7).exit()).isZero();
        assertThat(vectors("upsert", "copy", out).exit()).isZero();
        assertThat(vectors("count", "copy").out()).isEqualTo("1250\n");
    }

    @Test
    void collectionsAreRenamedAliasedEmptiedAndDropped() throws Exception {
        assertThat(vectors("alias", "films", "--create", "latest").out()).isEqualTo("latest\n");
        assertThat(vectors("create", "simple", "--dimension", 4, "--metric", "inner_product")
                        .exit())
                .isZero();
        assertThat(vectors("alias", "simple", "--move", "latest", "--json").out())
                .isEqualTo("{\"aliases\":[\"latest\"]}\n");
        assertThat(vectors("alias", "simple", "--drop", "latest").out()).isEmpty();
        assertThat(vectors("partitions", "films", "--create", "old").out()).isEqualTo("_default\nold\n");
        assertThat(vectors("rename", "films", "movies").exit()).isZero();
        assertThat(vectors("delete", "movies", 1, 2, 3).exit()).isZero();
        assertThat(vectors("delete", "movies", "--filter", "id < 10").exit()).isZero();
        assertThat(vectors("count", "movies").out()).isEqualTo("2490\n");
        assertThat(vectors("truncate", "movies").exit()).isZero();
        assertThat(vectors("count", "movies").out()).isEqualTo("0\n");
        assertThat(vectors("drop", "movies").exit()).isZero();
        assertThat(vectors("list", "--json").json().toString()).isEqualTo("{\"collections\":[\"simple\"]}");
        assertThat(vectors("features").out()).contains("SPARSE_VECTORS");
    }

    @Test
    void indexesAreReplacedAndListed() throws Exception {
        Run replaced = vectors(
                "indexes",
                "films",
                "--replace",
                "taste",
                "--type",
                "IVF_FLAT",
                "--parameter",
                "nlist=16",
                "--wait",
                60);
        assertThat(replaced.err()).isEmpty();
        assertThat(replaced.out()).contains("taste", "IVF_FLAT nlist=16", "euclidean", "ready");
        JsonNode index = vectors("indexes", "films", "--json").json().at("/indexes/0");
        assertThat(index.at("/parameters/nlist").intValue()).isEqualTo(16);
        assertThat(index.get("rows_indexed").intValue()).isEqualTo(2500);
        assertThat(vectors("indexes", "films", "--rebuild", "taste").exit()).isZero();
        assertThat(vectors("indexes", "films", "--replace", "taste", "--type", "ANNOY")
                        .err())
                .contains("HNSW replaced it");
        assertThat(vectors("indexes", "films", "--replace", "taste").err()).contains("--type says which index");
        assertThat(vectors("indexes", "films", "--create", "a", "--drop", "b").err())
                .contains("one change at a time");
    }

    @Test
    void severalSearchesBecomeOneList() throws Exception {
        Path request = folder.resolve("hybrid.json");
        Files.writeString(request, """
                {"searches": [{"vector": [5.25, 0], "k": 3}, {"vector": [6.25, 0], "k": 3}],
                 "ranking": {"type": "weighted", "weights": [1, 0.5]}, "k": 1, "output": ["title"]}""");
        assertThat(vectors("hybrid", "films", request).out()).contains("film 5");
        assertThat(vectors("hybrid", "films", request, "--json")
                        .json()
                        .at("/hits/0/key")
                        .intValue())
                .isEqualTo(5);
    }

    @Test
    void aBadLineIsNamedAndWhatCameBeforeItIsKept() throws Exception {
        Path rows = folder.resolve("more.jsonl");
        Files.writeString(rows, """
                {"id": 5000, "taste": [1, 2], "title": "a", "year": 1}

                {"id": 5001, "taste": [1, "2"], "title": "a", "year": 1}
                """);
        Run run = vectors("insert", "films", rows, "--batch", 1);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .contains("more.jsonl:3: /taste/1: is '2': must be a finite number")
                .contains("until then 1 ");
        assertThat(vectors("count", "films").out()).isEqualTo("2501\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drop nothing | there is no collection nothing: there is films",
                "count nothing | there is no collection nothing",
                "describe ../films | there is no collection ../films",
                "search films | give one of --vector, --near and --request",
                "search films --vector [1] | is an array: must be an array of 2 numbers, not of 1",
                "search films --vector [1,2 | --vector is not valid JSON",
                "search films --near 99999 | there is no entity 99999",
                "search films --near x | key is 'x': must be a whole number",
                "search films --vector [1,2] -k 0 | k is 0: must be 1 to 16384",
                "query films --filter yaer>1 | yaer",
                "query films --filter year> | filter, character",
                "query films --output colour | has no field colour",
                "delete films | give either keys or --filter",
                "create | give either --schema FILE or a name and --dimension N",
                "create ../x --dimension 2 | collection name '../x' must be",
                "create x --dimension 2 --metric l2 | must be inner_product, cosine or euclidean",
                "insert films /nowhere.jsonl | /nowhere.jsonl: there is no such file",
                "insert films /nowhere.jsonl --batch 0 | --batch is 0: must be 1 to 10000",
                "alias films --create a --drop b | one change at a time",
                "list --url http://127.0.0.1:1 | --url, --uri and --data-dir name one store each",
                "nonsense | unknown command nonsense: must be one of list, describe",
            })
    void whatIsWrongIsOneLineAndExitsWithTwo(String call, String named) {
        Run run = vectors((Object[]) call.split(" "));
        assertThat(run.err()).contains(named);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsOneLineAndExitsWithOne() {
        Run run = Run.of("vectors", "list", "--url", "http://127.0.0.1:1");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("nothing listens at http://127.0.0.1:1").hasLineCount(1);
    }
}
