package dev.milvuso.vector.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorField;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonMismatchTest {
    private static final CollectionSchema SCHEMA = CollectionSchema.named("c")
            .key(KeyField.INTEGER)
            .vector("v", 2, Metric.COSINE)
            .vector("bits", new VectorField.Type.Binary(8, dev.milvuso.vector.BinaryMetric.HAMMING))
            .vector("words", new VectorField.Type.Sparse())
            .field("year", new Field.Type.Int(16))
            .field("price", new Field.Type.Real(32))
            .field("title", new Field.Type.Text(3))
            .field("tags", new Field.Type.Array(new Field.Type.Text(3), 2))
            .field("more", Field.Type.JSON)
            .build();

    private static JsonInput input(String json) {
        return JsonBytes.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'name':'c','vectors':[{'name':'v','dimension':2}],'colour':1} | /colour: is an unknown field: must be one of name, key",
                "{'vectors':[]} | /name: is missing",
                "{'name':'c'} | /vectors: is missing",
                "{'name':'c','vectors':[]} | /vectors: collection c has no vector field",
                "{'name':'../c','vectors':[{'name':'v','dimension':2}]} | /name: collection name '../c' must be",
                "{'name':7,'vectors':[]} | /name: is 7: must be a text",
                "{'name':'c','vectors':[{'name':'v','dimension':1}]} | /vectors/0/dimension: is 1: must be 2 to 32768",
                "{'name':'c','vectors':[{'name':'v','dimension':0}]} | /vectors/0/dimension: is 0: must be 2 to 32768",
                "{'name':'c','vectors':[{'name':'v','dimension':2}],'fields':[{'name':'a','type':'text','max_bytes':0}]} | /fields/0/max_bytes: is 0: must be 1 to 65535",
                "{'name':'c','vectors':[{'name':'v','dimension':1e9}]} | /vectors/0/dimension: is 1.0E9: must be a whole number",
                "{'name':'c','vectors':[{'name':'v','dimension':99999999999999999999}]} | /vectors/0/dimension: is 99999999999999999999: must be a whole number of 64 bits",
                "{'name':'c','vectors':[{'name':'v','dimension':2,'metric':'l3'}]} | /vectors/0/metric: is 'l3': must be one of inner_product, cosine, euclidean",
                "{'name':'c','vectors':[{'name':'v','type':'double'}]} | /vectors/0/type: is 'double': must be one of float32",
                "{'name':'c','vectors':[{'name':'v','type':'sparse','dimension':5}]} | /vectors/0/dimension: is an unknown field",
                "{'name':'c','vectors':[{'name':'v','dimension':2}],'fields':[{'name':'a','type':'bool'},{'name':'b','type':'bool'},{'name':'d','type':'int'}]} | /fields/2/type: is 'int': must be one of bool, int8",
                "{'name':'c','vectors':[{'name':'v','dimension':2}],'fields':[{'name':'a','type':'int8','default':200}]} | /fields/0/default: is 200: must be a whole number of 8 bits",
                "{'name':'c','vectors':[{'name':'v','dimension':2}],'fields':[{'name':'a','type':'array','element':{'type':'json'},'capacity':2}]} | /fields/0/element/type: is 'json': must be one of",
                "{'name':'c','vectors':[{'name':'v','dimension':2}],'key':{'type':'bool'}} | /key/type: is 'bool': must be one of int64, text",
                "{'name':'c','vectors':[{'name':'v','dimension':2}],'time_to_live_seconds':0} | /time_to_live_seconds: is 0: must be 1 to",
                "{'name':'c','vectors':[{'name':'v','dimension':2}],'dynamic':'yes'} | /dynamic: is 'yes': must be true or false",
                "{'name':'c','vectors':[{'name':'v','dimension':2},{'name':'v','dimension':2}]} | /vectors/1/name: field v stands twice",
                "{'name':'c','vectors':[{'name':'v','dimension':2}],'fields':[{'name':'v','type':'bool'}]} | /fields/0/name: field v stands twice",
                "{'name':'c','vectors':[{'name':'v','dimension':2}],'partition_key':'x'} | /partition_key: the partition key x",
                "[] | is an array: must be an object",
            })
    void aSchemaThatIsWrongIsRefusedWithItsPlace(String json, String message) {
        assertThatThrownBy(() -> SchemaJson.read(input(json.replace('\'', '"'))))
                .isInstanceOf(JsonMismatch.class)
                .hasMessageContaining(message.replace("\"", "'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'id':1.0} | /id: is 1.0: must be a whole number",
                "{'id':'1x'} | /id: is '1x': must be a whole number",
                "{'id':9223372036854775808} | /id: is 9223372036854775808: must be a whole number of 64 bits",
                "{'id':'9223372036854775808'} | must be a whole number of 64 bits",
                "{'id':'99999999999999999999'} | /id: is '99999999999999999999': must be a whole number of 64 bits",
                "{'v':[1]} | /v: is an array: must be an array of 2 numbers, not of 1",
                "{'v':[1,'2']} | /v/1: is '2': must be a finite number",
                "{'v':[1,1e39]} | /v/1: is 1.0E39: must be a finite number of 32 bits",
                "{'v':'AQI='} | /v: is 'AQI=': must be an array of 2 numbers",
                "{'bits':'AQI='} | /bits: has 16 bits: must be 8 bits in base64",
                "{'bits':'*'} | /bits: must be 8 bits in base64",
                "{'words':{'01':1}} | /words/01: must stand under an index from 0 to 2147483647",
                "{'words':{'-1':1}} | /words/-1: must stand",
                "{'words':{'2147483648':1}} | must stand under an index",
                "{'year':40000} | /year: is 40000: must be a whole number of 16 bits",
                "{'year':'7'} | /year: is '7': must be a whole number",
                "{'price':1e999999999} | /price: is Infinity: must be a finite number of 32 bits",
                "{'title':'abcd'} | /title: has more than 3 bytes",
                "{'title':'日本'} | /title: has more than 3 bytes",
                "{'tags':['a','b','c']} | /tags: has 3 elements: at most 2",
                "{'tags':['a',null]} | /tags/1: is null: must be a text",
                "{'more':[]} | /more: is an array: must be an object",
                "{'more':{'a':[1,99999999999999999999]}} | /more/a/1: is 99999999999999999999: must be a whole number of 64 bits",
                "{'colour':'red'} | /colour: is an unknown field: collection c has id,",
                "{'a/b~':1} | /a~1b~0: is an unknown field",
            })
    void anEntityThatDoesNotFitIsRefusedWithItsPlace(String json, String message) {
        assertThatThrownBy(() -> new EntityJson(SCHEMA).read(input(json.replace('\'', '"'))))
                .isInstanceOf(JsonMismatch.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'vector':[1,2]} | collection c has several vectors: name one of",
                "{'field':'v'} | must have one of vector, one query, vectors, an array of them, and text",
                "{'field':'v','vectors':[]} | 0 query vectors: must be 1 to 16384",
                "{'field':'v','vectors':[[1,2],[3]]} | /vectors/1: is an array: must be an array of 2 numbers",
                "{'field':'v','vector':[1,2],'k':0} | /k: is 0: must be 1 to 16384",
                "{'field':'v','vector':[1,2],'k':16384,'offset':1} | offset is 1 with k 16384",
                "{'field':'v','vector':[1,2],'filter':'year >'} | /filter: character",
                "{'field':'v','vector':[1,2],'filter':7} | /filter: is 7: must be a text",
                "{'field':'v','vector':[1,2],'output':'all'} | /output: is 'all': must be",
                "{'field':'v','vector':[1,2],'output':['year','year']} | /output: names something twice",
                "{'field':'v','vector':[1,2],'exclude':['x']} | /exclude/0: is 'x': must be a whole number",
                "{'field':'v','vector':[1,2],'range':{'radius':'far'}} | /range/radius: is 'far': must be a finite number",
                "{'field':'v','vector':[1,2],'filter':''} | /filter: character 1: a condition, such as year >= 1990, expected",
                "{'field':'v','vector':[1,2],'filter':'year > 1 &&'} | character 12: a condition, such as year >= 1990, expected",
                "{'field':'v','vector':[1,2],'parameters':{'round_decimals':9}} | search parameter round_decimals is 9",
                "{'field':'v','vector':[1,2],'parameters':{'nprobe':1,'probes':1}} | /parameters/nprobe: is another name of probes",
                "{'field':'v','vector':[1,2],'parameters':{'ef':0}} | /parameters/ef: search parameter ef is 0",
                "{'field':'v','vector':[1,2],'parameters':{'nlist':1}} | /parameters/nlist: is an unknown field",
            })
    void aSearchThatDoesNotFitIsRefusedWithItsPlace(String json, String message) {
        assertThatThrownBy(() -> SearchJson.read(input(json.replace('\'', '"')), new EntityJson(SCHEMA)))
                .isInstanceOf(JsonMismatch.class)
                .hasMessageContaining(message);
    }

    @Test
    void milvusesNamesOfMetricsAndParametersAreTaken() {
        String schema = "{\"name\":\"c\",\"vectors\":[{\"name\":\"v\",\"dimension\":2,\"metric\":\"%s\"}]}";
        assertThat(SchemaJson.read(input(schema.formatted("L2"))))
                .isEqualTo(SchemaJson.read(input(schema.formatted("euclidean"))));
        assertThat(SchemaJson.read(input(schema.formatted("ip"))))
                .isEqualTo(SchemaJson.read(input(schema.formatted("inner_product"))));
        assertThat(SearchJson.read(
                                input("{\"field\":\"v\",\"vector\":[1,2],\"parameters\":{\"nprobe\":7}}"),
                                new EntityJson(SCHEMA))
                        .parameters()
                        .probes())
                .contains(7);
    }

    @Test
    void whatIsNoJsonIsSaidWithItsLine() {
        assertThatThrownBy(() -> input("{\"a\": 1,\n \"a\": 2}"))
                .hasMessageContaining("line 2")
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> input("")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> input("{} {}")).hasMessageContaining("is not valid JSON");
        assertThatThrownBy(() -> input("[".repeat(1000))).hasMessageContaining("is not valid JSON");
    }

    @Test
    void aPlaceHasItsStepsAndIsNotLongerThanItNeedsToBe() {
        assertThatThrownBy(() -> new EntityJson(SCHEMA).read(input("{\"v\": [1, null]}")))
                .isInstanceOfSatisfying(
                        JsonMismatch.class, e -> assertThat(e.place()).containsExactly("v", 1));
        assertThatThrownBy(() -> new EntityJson(SCHEMA).read(input("{\"" + "x".repeat(9999) + "\": 1}")))
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(300));
    }
}
