package dev.milvuso.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import picocli.CommandLine;

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
    void allThatIsFoundComesInPages() throws Exception {
        List<String> lines = vectors("search", "films", "--vector", "[0, 0]", "--all", "--json")
                .out()
                .lines()
                .toList();
        assertThat(lines).hasSize(2501).endsWith("[\"end\",2500]");
        assertThat(lines.get(2499)).startsWith("{\"key\":2499,\"score\":");
        List<String> table = vectors("search", "films", "--near", 7, "--limit", 1200, "--output", "year")
                .out()
                .lines()
                .toList();
        assertThat(table).hasSize(1201);
        assertThat(table.get(0)).startsWith("rank  id");
        assertThat(table.get(1)).startsWith("1     ").endsWith("1906");
        assertThat(table.get(1200)).startsWith("1200 ");
        Path request = folder.resolve("request.json");
        Files.writeString(request, "{\"vector\": [0, 0], \"filter\": \"id < 30\", \"page\": 7, \"limit\": 20}");
        assertThat(vectors("search", "films", "--request", request, "--all")
                        .out()
                        .lines())
                .hasSize(21);
    }

    @Test
    void severalQueriesRoundingAndFurtherEffortAreSaidByOptions() throws Exception {
        JsonNode both = vectors(
                        "search",
                        "films",
                        "--vector",
                        "[7.3, 0]",
                        "--vector",
                        "[20, 0]",
                        "-k",
                        2,
                        "--round-decimals",
                        1,
                        "--search-list",
                        30,
                        "--reorder",
                        40,
                        "--json")
                .json();
        assertThat(both.get("results")).hasSize(2);
        assertThat(both.at("/results/0/0").toString()).isEqualTo("{\"key\":7,\"score\":0.1}");
        assertThat(both.at("/results/1/0/key").intValue()).isEqualTo(20);
        assertThat(vectors("search", "films", "--vector", "[7, 0]", "--round-decimals", 7)
                        .err())
                .contains("round_decimals is 7: must be 0 to 6");
        assertThat(vectors("search", "films", "--vector", "[7, 0]", "--all", "--round-decimals", 1)
                        .err())
                .contains("--round-decimals is of a search for the nearest few");
        assertThat(vectors("slow").err()).contains("slow searches are kept by a running Milvuso");
    }

    /** Its libraries are not on the path of these tests. */
    @Test
    void aParquetFileIsKnownByItsFirstBytes() throws Exception {
        Path table = folder.resolve("films");
        Files.writeString(table, "PAR1, and much more behind it");
        assertThat(vectors("import", "films", table, "--metric", "cosine").err())
                .contains("--ids, --metric and --field are of files of vectors");
        assertThat(vectors("import", "films", table).err())
                .contains("Parquet is not to be had here")
                .hasLineCount(1);
    }

    @Test
    void whichHitsAndWhatEffortAreSaidByOptions() throws Exception {
        JsonNode within = vectors(
                        "search",
                        "films",
                        "--vector",
                        "[7.25, 0]",
                        "-k",
                        9,
                        "--offset",
                        1,
                        "--radius",
                        4,
                        "--range-filter",
                        0.1,
                        "--recall",
                        1,
                        "--ef",
                        64,
                        "--probes",
                        8,
                        "--json")
                .json();
        // At distances of 0.56, 1.56 and 3.06; film 7 itself is nearer than the range begins.
        assertThat(within.at("/results/0").findValuesAsText("key")).containsExactly("6", "9");
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
        assertThat(vectors("stats", "films").out())
                .startsWith("2,500 rows, loaded; ")
                .containsPattern("_default +yes")
                .containsPattern("taste +AUTOINDEX +euclidean +ready +2500")
                .containsPattern("embedded +this process");
        assertThat(vectors("describe", "films").out())
                .contains("taste  vector  float32, dimension 2, metric \"euclidean\"");
    }

    @Test
    void aCollectionGoesOutIntoAFolderAndComesBackFromIt() throws Exception {
        Path out = folder.resolve("out");
        assertThat(vectors("export", "films", out, "--json").json().get("rows").intValue())
                .isEqualTo(2500);
        assertThat(vectors("export", "films", out).err()).contains("holds a finished export already");
        assertThat(vectors("import", "copy", out).out()).startsWith("2,500 rows imported");
        assertThat(vectors("compare", "copy", out, "--json").json().get("equal").booleanValue())
                .isTrue();
        vectors("delete", "copy", 7);
        Run unequal = vectors("compare", "copy", out);
        assertThat(unequal.out()).startsWith("2,500 rows: 1 missing, 0 extra, 0 different");
        assertThat(unequal.exit()).isEqualTo(1);
        assertThat(vectors("import", "copy", folder.resolve("data")).err()).contains("holds no export");
    }

    @Test
    void anExportComesBackWithItsAliasWhereThatIsFree() throws Exception {
        Path out = folder.resolve("named");
        vectors("alias", "films", "--create", "movies");
        assertThat(vectors("export", "films", out).exit()).isZero();
        assertThat(vectors("import", "copy", out, "--aliases").err())
                .contains("alias movies cannot be restored: it stands for collection films");
        vectors("alias", "films", "--drop", "movies");
        assertThat(vectors("import", "copy", out, "--aliases").out()).startsWith("2,500 rows imported");
        assertThat(vectors("count", "movies").out()).isEqualTo("2500\n");
    }

    @Test
    void aFormatIsOneThatThereIsAndParquetSaysWhatItNeeds() {
        assertThat(vectors("export", "films", folder.resolve("x"), "--format", "csv")
                        .err())
                .contains("format is csv: must be jsonl or parquet");
        // This module's tests are without Parquet's libraries, as the server's image is.
        Run parquet = vectors("export", "films", folder.resolve("y"), "--format", "parquet");
        assertThat(parquet.err()).contains("Parquet's libraries are not on the class path");
        assertThat(parquet.exit()).isEqualTo(1);
    }

    @Test
    void aCollectionIsCopiedIntoAnotherStoreAndFoundEqual() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Run copied = vectors("copy", "films", "--to-data-dir", other, "--as", "cinema");
        assertThat(copied.out().lines().toList().get(1)).isEqualTo("2,500 rows: 0 missing, 0 extra, 0 different");
        assertThat(Run.of("vectors", "count", "cinema", "--data-dir", other).out())
                .isEqualTo("2500\n");
        assertThat(vectors("copy", "films", "--as", "again", "--json")
                        .json()
                        .get("equal")
                        .booleanValue())
                .isTrue();
        Run itself = vectors("copy", "films");
        assertThat(itself.err()).contains("the copy would be the collection itself");
        assertThat(itself.exit()).isEqualTo(2);
        assertThat(vectors("copy", "films", "--to-data-dir", folder.resolve("none"))
                        .err())
                .contains("there is no such folder");
    }

    @Test
    void aCollectionGoesToItsNextVersionAndBack() throws Exception {
        Path step = Files.writeString(folder.resolve("step.json"), """
                {"version": 2, "values": {"seen": 7}, "renamed": {"name": "title"},
                 "schema": {"name": "films", "key": {"type": "int64"},
                   "vectors": [{"name": "taste", "dimension": 2, "metric": "euclidean"}],
                   "fields": [{"name": "name", "type": "text"}, {"name": "seen", "type": "int64"}]}}""");
        assertThat(vectors("migrate", "up", "films", step).err()).contains("adopt it as version 1 first");
        assertThat(vectors("migrate", "up", "films", step, "--adopt", "--settle", 0)
                        .out())
                .isEqualTo("films stands for version 2 of [1, 2]\n");
        assertThat(vectors("get", "films", 3, "--json").json().toString())
                .isEqualTo("{\"entities\":[{\"id\":3,\"taste\":[3.0,0.0],\"name\":\"film 3\",\"seen\":7}]}");
        assertThat(vectors("migrate", "back", "films", "--json").json().toString())
                .isEqualTo("{\"alias\":\"films\",\"current\":1,\"versions\":[1,2]}");
        assertThat(vectors("get", "films", 3).out()).contains("title");
        assertThat(vectors("migrate", "back", "films").err()).contains("there is no version of films before 1");
        Files.writeString(step, Files.readString(step).replace("\"seen\": 7", "\"sen\": 7"));
        assertThat(vectors("migrate", "up", "films", step).err())
                .contains("/values/sen: is a value of a field that the schema does not have");
    }

    @Test
    void aTenantHasItsOwnPartOfTheStore() throws Exception {
        Path schema = folder.resolve("schema.json");
        assertThat(vectors("create", "--schema", schema, "--tenant", "acme").exit())
                .isZero();
        assertThat(vectors("count", "films", "--tenant", "acme").out()).isEqualTo("0\n");
        assertThat(vectors("tenants").out()).isEqualTo("acme\n");
        assertThat(vectors("tenants", "--drop", "acme").out()).isEmpty();
        assertThat(vectors("count", "films").out()).isEqualTo("2500\n");
        assertThat(vectors("count", "films", "--tenant", "acme").err()).contains("there is no collection");
        assertThat(vectors("tenants", "--tenancy", "field").err()).contains("are not listed");
        assertThat(vectors("tenants", "--tenancy", "street").err()).contains("tenancy is street: must be one of");
    }

    @Test
    void anIndexIsProposedForWhatIsThereOrWillBe() throws Exception {
        assertThat(vectors("advise", "films", "--memory", 100).out())
                .isEqualTo("FLAT, about 1 MiB\n- Of 2500 rows a scan is as quick as any index, and exact.\n");
        assertThat(vectors("advise", "--rows", 1000000, "--dimension", 64, "--memory", 2000, "--json")
                        .json()
                        .at("/search/parameters/recall")
                        .doubleValue())
                .isEqualTo(0.95, within(1e-6));
        assertThat(vectors("advise", "--rows", 1000000, "--memory", 2000).err()).contains("--dimension is missing");
        assertThat(vectors("advise", "films", "--rows", 1000000000, "--memory", 1)
                        .err())
                .contains("memory is 1 MiB");
    }

    @Test
    void vectorsOfAFileBecomeACollection() throws Exception {
        Path file = folder.resolve("two.fvecs");
        ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(2).putFloat(1).putFloat(0).putInt(2).putFloat(0).putFloat(1);
        Files.write(file, bytes.array());
        Path ids = Files.writeString(folder.resolve("ids.txt"), "east\nnorth\n");
        assertThat(vectors("import", "compass", file, "--ids", ids, "--metric", "cosine")
                        .exit())
                .isZero();
        assertThat(vectors("search", "compass", "--vector", "[0.1,1]", "-k", 1, "--json")
                        .json()
                        .at("/results/0/0/key")
                        .textValue())
                .isEqualTo("north");
        Files.writeString(ids, "east\neast\n");
        Run twice = vectors("import", "circle", file, "--ids", ids);
        assertThat(twice.err())
                .contains("id 'east' stands twice, in lines 1 and 2")
                .hasLineCount(1);
        bytes.putFloat(16, 0).putFloat(20, 0);
        Files.write(file, bytes.array());
        Run zero = vectors("import", "circle", file);
        assertThat(zero.err())
                .contains(
                        "the cosine needs a direction; nothing is stored: the collection that was made for it is dropped");
        assertThat(vectors("list", "--json").json().toString()).isEqualTo("{\"collections\":[\"compass\",\"films\"]}");
    }

    @Test
    void aSearchSaysHowItWentIfItIsAsked() throws Exception {
        JsonNode explained = vectors(
                        "search", "films", "--vector", "[1,0]", "--filter", "id < 10", "--explain", "--json")
                .json();
        assertThat(explained.at("/explanation/candidates").intValue()).isEqualTo(10);
        assertThat(vectors("search", "films", "--vector", "[1,0]", "--explain").out())
                .contains("2500 of 2500 rows")
                .containsPattern("plan: .*scan.*; exact, 2500 rows looked at")
                .containsPattern("  index +[0-9.]+ ms");
        Path request = folder.resolve("hybrid.json");
        Files.writeString(
                request,
                "{\"searches\": [{\"vector\": [1, 0]}, {\"vector\": [9, 0], \"filter\": \"id < 5\"}], \"k\": 3}");
        JsonNode hybrid =
                vectors("hybrid", "films", request, "--explain", "--json").json();
        assertThat(hybrid.at("/explanation/searches/1/candidates").intValue()).isEqualTo(5);
        assertThat(hybrid.at("/explanation/stages_ms/merge").isNumber()).isTrue();
        assertThat(hybrid.get("hits")).hasSize(3);
        assertThat(vectors("hybrid", "films", request, "--explain").out())
                .contains("in taste: candidates: 5 of 2500 rows", "plan: ", "merge");
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
        assertThat(vectors("partitions", "films", "--release", "old").exit()).isZero();
        assertThat(vectors("stats", "films", "--json")
                        .json()
                        .at("/partitions/1")
                        .toString())
                .isEqualTo("{\"name\":\"old\",\"loaded\":false}");
        assertThat(vectors("partitions", "films", "--load", "old").exit()).isZero();
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
    void anAliasIsNotDroppedAsACollection() throws Exception {
        assertThat(vectors("alias", "films", "--create", "latest").exit()).isZero();
        Run dropped = vectors("drop", "latest");
        assertThat(dropped.exit()).isEqualTo(2);
        assertThat(dropped.err()).contains("latest is an alias of collection films: drop that, or the alias with");
        assertThat(vectors("count", "latest").out()).isEqualTo("2500\n");
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
                 "ranking": {"type": "weighted", "weights": [1, 0.1]}, "k": 1, "output": ["title"]}""");
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
                "search films | give one of --vector, --text, --near and --request",
                "search films --vector [1] | --vector is an array: must be an array of 2 numbers, not of 1",
                "search films --vector [1,2 | --vector is not valid JSON",
                "search films --vector [1,2] --range-filter 1 | --range-filter needs --radius, the bound on the far side",
                "search films --vector [1,2] --radius 1 --range-filter 3 | range: no score lies between radius 1.0",
                "search films --vector [1,2] --recall 2 | recall",
                "search films --vector [1,2] --offset -1 | offset is -1",
                "search films --near 99999 | there is no entity 99999",
                "search films --near 1 --all -k 3 | -k is of a search for the nearest few: it does not go with --all",
                "search films --near 1 --limit x | Invalid value for option '--limit': 'x' must be a whole number",
                "search films --near 1 --limit 0 | --limit is 0: must be 1 or more",
                "search films --near x | key is 'x': must be a whole number",
                "search films --vector [1,2] -k 0 | k is 0: must be 1 to 16384",
                "query films --filter yaer>1 | yaer",
                "query films --filter year> | filter, character",
                "query films --output colour | has no field colour",
                "delete films | give either keys or --filter",
                "create | give either --schema FILE or a name and --dimension N",
                "create ../x --dimension 2 | collection name '../x' must be",
                "create x --dimension 2 --metric l3 | must be inner_product, cosine, euclidean or manhattan",
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
    void theHelpSaysOfEveryCommandAWholeSentence() {
        String help = Run.of("vectors", "--help").out();
        assertThat(help).contains("How a collection stands.", "Proposes an index.", "Makes a collection.");
        CommandLine vectors = new CommandLine(new VectorsCommand());
        assertThat(vectors.getSubcommands().values())
                .hasSizeGreaterThan(20)
                .allSatisfy(command -> assertThat(
                                command.getCommandSpec().usageMessage().description()[0])
                        .as(command.getCommandName())
                        .matches(".*[.:]|.*\\.\\)"));
    }

    @Test
    void aServerThatIsNotThereIsOneLineAndExitsWithOne() {
        Run run = Run.of("vectors", "list", "--url", "http://127.0.0.1:1");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("nothing listens at http://127.0.0.1:1").hasLineCount(1);
    }
}
