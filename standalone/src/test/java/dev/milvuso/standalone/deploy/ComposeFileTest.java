package dev.milvuso.standalone.deploy;

import static dev.milvuso.standalone.deploy.DeploymentFiles.all;
import static dev.milvuso.standalone.deploy.DeploymentFiles.table;
import static dev.milvuso.standalone.deploy.DeploymentFiles.text;
import static dev.milvuso.standalone.deploy.DeploymentFiles.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A key that is renamed in the code and not in docker-compose.yml stops a deployment: it shall stop the build instead.
 */
final class ComposeFileTest {
    private static final String COMPOSE = text("docker-compose.yml");
    private static final Map<String, Object> FILE = DeploymentFiles.yaml("docker-compose.yml");
    private static final String DOCKERFILE = text("deploy/Dockerfile");

    static Set<String> services() {
        return table(FILE.get("services")).keySet();
    }

    static Set<String> built() {
        return services().stream()
                .filter(name -> service(name).containsKey("build"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Object> service(String name) {
        return table(table(FILE.get("services")).get(name));
    }

    /** What the process of a service sees, every secret replaced. */
    private static Map<String, String> environment(String name) {
        Map<String, String> variables = new LinkedHashMap<>();
        table(service(name).get("environment"))
                .forEach((key, value) ->
                        variables.put(key, String.valueOf(value).replaceAll("\\$\\{[A-Z_]+:\\?[^}]*}", "a-secret")));
        return variables;
    }

    @Test
    void theServicesHaveTheNamesThatUsersRelyOn() {
        assertThat(services())
                .contains(
                        "milvus",
                        "etcd",
                        "minio",
                        "kafka",
                        "redis",
                        "postgres",
                        "flink-jobmanager",
                        "flink-taskmanager",
                        "milvuso-server",
                        "milvuso-trainer",
                        "milvuso-worker",
                        "milvuso-joiner",
                        "prometheus",
                        "grafana");
    }

    @ParameterizedTest
    @ValueSource(strings = {"milvuso-server", "milvuso-trainer", "milvuso-worker", "milvuso-joiner"})
    void theEnvironmentOfADeployableIsAConfigurationItAccepts(String name) {
        Map<String, String> environment = environment(name);
        Config config = ConfigLoader.load(Optional.empty(), environment, List.of());
        assertThat(config.kafka().brokers()).isEqualTo("kafka:9092");
        assertThat(environment.keySet())
                .filteredOn(variable -> variable.startsWith("MILVUSO_") && !variable.contains("__"))
                .isSubsetOf("MILVUSO_JAVA_OPTIONS");
        assertThat(text("milvuso")).contains("MILVUSO_JAVA_OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"milvuso-server", "milvuso-trainer", "milvuso-worker"})
    void theServicesThatADeployableIsSentToAreThoseOfThisFile(String name) {
        Config config = ConfigLoader.load(Optional.empty(), environment(name), List.of());
        assertThat(config.milvus().isEmbedded()).isFalse();
        assertThat(services()).contains(config.milvus().host(), config.redis().host());
        assertThat(config.postgres().url()).startsWith("jdbc:postgresql://postgres:");
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyServiceIsWatchedLimitedAndStartedAgain(String name) {
        Map<String, Object> service = service(name);
        assertThat(texts(table(service.get("healthcheck")).get("test")))
                .first()
                .asString()
                .startsWith("CMD");
        assertThat(table(table(table(service.get("deploy")).get("resources")).get("limits")))
                .containsKeys("cpus", "memory");
        assertThat(service).containsEntry("restart", "unless-stopped");
        assertThat(service.get("image")).asString().matches("[^:]+:(?!latest$).*\\d.*");
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceWaitsUntilThoseItNeedsAreHealthy(String name) {
        Object needs = service(name).get("depends_on");
        if (needs == null) {
            return;
        }
        table(needs).forEach((needed, condition) -> {
            assertThat(services()).contains(needed);
            assertThat(table(condition)).containsEntry("condition", "service_healthy");
        });
    }

    @ParameterizedTest
    @MethodSource("services")
    void nothingIsPublishedToOtherMachines(String name) {
        Object ports = service(name).get("ports");
        if (ports != null) {
            assertThat(texts(ports)).allMatch(port -> port.startsWith("127.0.0.1:"));
        }
    }

    @Test
    void everySecretMustBeGivenAndNoneHasADefault() {
        Set<String> used = all("\\$\\{([A-Z_]+)", COMPOSE);
        assertThat(all("\\$\\{([A-Z_]+):\\?", COMPOSE)).isEqualTo(used);
        assertThat(all("^([A-Z_]+)=$", text("deploy/.env.example"))).isEqualTo(used);
        assertThat(COMPOSE).doesNotContainPattern("(?i)(password|token|secret[a-z_]*): *[\"']?[a-z0-9]");
    }

    @ParameterizedTest
    @MethodSource("built")
    void anImageIsATargetOfTheDockerfile(String name) {
        assertThat(all("^FROM \\S+ AS (\\S+)$", DOCKERFILE))
                .contains(String.valueOf(table(service(name).get("build")).get("target")));
    }

    @Test
    void theVolumesThatAreUsedAreNamed() {
        Set<String> used = services().stream()
                .filter(name -> service(name).containsKey("volumes"))
                .flatMap(name -> texts(service(name).get("volumes")).stream())
                .filter(volume -> !volume.startsWith("."))
                .map(volume -> volume.substring(0, volume.indexOf(':')))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(table(FILE.get("volumes")).keySet()).isEqualTo(used);
    }

    @Test
    void serversAreOfTheVersionThatTheClientsAreBuiltWith() {
        String pom = text("pom.xml");
        String flink = version("flink", pom);
        assertThat(DOCKERFILE).contains("FROM flink:" + flink + "-java17 ");
        assertThat(service("kafka")).containsEntry("image", "apache/kafka:" + version("kafka", pom));
        String milvus = version("milvus", pom);
        assertThat(service("milvus").get("image"))
                .asString()
                .startsWith("milvusdb/milvus:v" + milvus.substring(0, milvus.lastIndexOf('.') + 1));
    }

    private static String version(String library, String pom) {
        return all("<" + library + "\\.version>([^<]+)<", pom).iterator().next();
    }

    @Test
    void theDockerfileTakesThePomOfEveryModuleBeforeTheSources() {
        assertThat(all("^COPY (\\S+)/pom.xml ", DOCKERFILE))
                .isEqualTo(all("<module>([^<]+)</module>", text("pom.xml")));
    }
}
