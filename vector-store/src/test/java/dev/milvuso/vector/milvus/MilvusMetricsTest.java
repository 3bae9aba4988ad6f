package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.QueryNode;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server says of its processes. */
class MilvusMetricsTest {
    private static final String ANSWER = """
            {"nodes_info": [
              {"identifier": 1, "infos": {"name": "querynode1", "type": "querynode",
                "hardware_infos": {"ip": "127.0.0.1:21123", "cpu_core_count": 4, "cpu_core_usage": 50,
                                   "memory": 25276067840, "memory_usage": 118218752},
                "quota_metrics": {"SearchQueue": {"UnsolvedQueue": 1, "ReadyQueue": 2, "ReceiveChan": 3, "ExecuteChan": 4},
                                  "QueryQueue": {"UnsolvedQueue": 10, "ReadyQueue": 0, "ReceiveChan": 0, "ExecuteChan": 5}}}},
              {"identifier": 2, "infos": {"name": "querynode2", "type": "querynode", "hardware_infos": null}},
              {"identifier": 1, "infos": {"name": "datacoord1", "type": "datacoord",
                "quota_metrics": {"CollectionBinlogSize": {"7": 137082}}}}]}""";

    @Test
    void theQueryNodesThatAreAskedForAreSaidWithTheirLoad() {
        assertThat(MilvusMetrics.parse(ANSWER).queryNodes(Set.of(1L)))
                .containsExactly(
                        new QueryNode("querynode1", "127.0.0.1:21123", 4, 0.5, 118218752, 25276067840L, 9, 16));
    }

    @Test
    void whatANodeDoesNotSayIsNothing() {
        assertThat(MilvusMetrics.parse(ANSWER).queryNodes(Set.of(2L)))
                .containsExactly(new QueryNode("querynode2", "", 0, 0, 0, 0, 0, 0));
    }

    @Test
    void theSizeOfACollectionThatIsNotOnDiskYetIsNothing() {
        assertThat(MilvusMetrics.parse(ANSWER).diskBytes(7)).hasValue(137082);
        assertThat(MilvusMetrics.parse(ANSWER).diskBytes(8)).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "{\"nodes_info\": {}}", "{\"nodes_info\": [1, {\"infos\": 2}]}"})
    void anAnswerOfAnotherFormSaysNothing(String answer) {
        assertThat(MilvusMetrics.parse(answer).queryNodes(Set.of(1L))).isEmpty();
        assertThat(MilvusMetrics.parse(answer).diskBytes(7)).isEmpty();
    }
}
