package dev.milvuso.standalone.deploy;

import static dev.milvuso.standalone.deploy.DeploymentFiles.all;
import static dev.milvuso.standalone.deploy.DeploymentFiles.table;
import static dev.milvuso.standalone.deploy.DeploymentFiles.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.component.ProcessMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A metric that is renamed leaves an empty panel and an alert that never fires: nobody sees that, so the build does.
 */
final class MonitoringTest {
    /** Names that are promised to the outside, whoever makes them. */
    private static final Set<String> PROMISED = Set.of(
            "milvuso_http_server_requests",
            "milvuso_actions_accepted",
            "milvuso_recommendations_served",
            "milvuso_cache_requests",
            "milvuso_freshness",
            "milvuso_training_samples",
            "milvuso_training_loss",
            "milvuso_online_ndcg",
            "milvuso_ctr",
            "milvuso_dlq_records",
            "milvuso_dependency_up");

    private static final String RULES = text("deploy/prometheus/rules.yml");
    private static final JsonNode DASHBOARD = json("deploy/grafana/dashboards/milvuso.json");

    private static JsonNode json(String file) {
        try {
            return new ObjectMapper().readTree(text(file));
        } catch (JsonProcessingException e) {
            throw new AssertionError(file + " is not JSON", e);
        }
    }

    private static String queries() {
        return RULES + "\n" + String.join("\n", DASHBOARD.findValuesAsText("expr"));
    }

    /** As a query names it, without the endings that the exposition adds. */
    private static String stem(String metric) {
        return metric.replaceAll("(_total|(_seconds)?(_bucket|_count|_sum|_max)|_seconds)$", "");
    }

    @Test
    void everyMetricOfOursThatIsAskedForIsMadeByTheCode() {
        Set<String> made = new LinkedHashSet<>(PROMISED);
        for (String source : DeploymentFiles.sources()) {
            all("\"(milvuso\\.[a-z_.]+)", source).forEach(name -> made.add(name.replace('.', '_')));
        }
        Set<String> asked = all("\\b(milvuso_[a-z_]+)", queries());
        assertThat(asked).hasSizeGreaterThan(15);
        assertThat(asked.stream().map(MonitoringTest::stem)).isSubsetOf(made);
    }

    @Test
    void everyMetricOfTheProcessThatIsAskedForIsMade() {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Set<String> asked = all("\\b((?:jvm|process|system)_[a-z_]+)", queries());
        assertThat(asked).isNotEmpty();
        try (ProcessMetrics process = new ProcessMetrics()) {
            process.bindTo(metrics);
            await().untilAsserted(() -> {
                System.gc();
                assertThat(all("^((?:jvm|process|system)_[a-z_]+)", metrics.scrape()))
                        .containsAll(asked);
            });
        }
    }

    @Test
    void everyRecordedSeriesThatIsAskedForIsRecorded() {
        Set<String> asked = all("\\b(milvuso:[a-z0-9_:]+)", queries());
        assertThat(asked).isNotEmpty();
        assertThat(all("record: (\\S+)", RULES)).containsAll(asked);
    }

    @Test
    void everyAlertSaysWhatIsWrongAndWhatToDo() {
        for (Object group :
                (List<?>) DeploymentFiles.yaml("deploy/prometheus/rules.yml").getOrDefault("groups", List.of())) {
            for (Object rule : (List<?>) table(group).getOrDefault("rules", List.of())) {
                if (table(rule).containsKey("alert")) {
                    assertThat(table(table(rule).get("annotations"))).containsKeys("summary", "action");
                    assertThat(table(table(rule).get("labels"))).containsKey("severity");
                }
            }
        }
    }

    @Test
    void everyTargetOfPrometheusIsAServiceOfTheComposeFile() {
        Map<String, Object> services =
                table(DeploymentFiles.yaml("docker-compose.yml").get("services"));
        Set<String> hosts = all("([a-z-]+):\\d+", text("deploy/prometheus/prometheus.yml")).stream()
                .filter(host -> !host.equals("localhost"))
                .collect(Collectors.toSet());
        assertThat(services.keySet()).containsAll(hosts);
        assertThat(hosts).contains("milvuso-server", "milvuso-trainer", "milvuso-worker");
    }

    @Test
    void thePanelsAskTheSourceThatIsProvisioned() {
        String source = text("deploy/grafana/provisioning/datasources/prometheus.yml");
        assertThat(DASHBOARD.findValues("datasource"))
                .isNotEmpty()
                .allMatch(datasource ->
                        source.contains("uid: " + datasource.path("uid").textValue()));
        assertThat(DASHBOARD.findValuesAsText("id")).doesNotHaveDuplicates();
    }
}
