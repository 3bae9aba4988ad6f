package dev.milvuso.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.standalone.importing.ActionBodies;
import org.junit.jupiter.api.Test;

class MilvusoTest {
    @Test
    void wrongUsageAndWrongConfigurationExitWithTwo() {
        assertThat(Milvuso.run("nonsense")).isEqualTo(2);
        assertThat(Milvuso.run("worker", "--worker-type", "feature", "--set", "server.prot=1"))
                .isEqualTo(2);
        assertThat(Milvuso.run("import", "--format", "ncf", "/nowhere/at/all")).isEqualTo(2);
    }

    @Test
    void helpExitsWithZero() {
        assertThat(Milvuso.run("import", "--help")).isZero();
    }

    @Test
    void aRepeatedImportHasTheSameEventIdsAndARepeatedLineItsOwn() {
        ActionBodies first = new ActionBodies(ActionBodies.Format.ncf);
        ActionBodies second = new ActionBodies(ActionBodies.Format.ncf);
        String line = "1\t2\t5\t978300760";
        var id = first.body(line).get("event_id");
        assertThat(second.body(line).get("event_id")).isEqualTo(id);
        assertThat(first.body(line).get("event_id")).isNotEqualTo(id);
    }
}
