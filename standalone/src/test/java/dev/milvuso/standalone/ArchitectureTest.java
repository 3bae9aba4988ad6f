package dev.milvuso.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

/** The arrows of docs/architecture.md, as tests. */
@AnalyzeClasses(
        packages = "dev.milvuso",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
    /** What other modules' tests borrow from each other. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar!");
        }
    }

    private static final String[] COMMON = {
        "dev.milvuso.action",
        "dev.milvuso.codec",
        "dev.milvuso.component",
        "dev.milvuso.config",
        "dev.milvuso.embedding",
        "dev.milvuso.example",
        "dev.milvuso.feature",
        "dev.milvuso.item",
        "dev.milvuso.kafka",
        "dev.milvuso.postgres",
        "dev.milvuso.topic"
    };
    private static final String[] DEPLOYABLES = {
        "dev.milvuso.joiner..",
        "dev.milvuso.trainer..",
        "dev.milvuso.server..",
        "dev.milvuso.feature.worker..",
        "dev.milvuso.feature.profile.."
    };

    @ArchTest
    static final ArchRule deployablesMeetInTopicsAndNeverInCode = slices().matching(
                    "dev.milvuso.(joiner|trainer|server|feature)..")
            .should()
            .notDependOnEachOther()
            // The snapshot's record is part of the common vocabulary.
            .ignoreDependency(
                    DescribedPredicate.alwaysTrue(), JavaClass.Predicates.resideInAPackage("dev.milvuso.feature"));

    @ArchTest
    static final ArchRule commonKnowsNothingElseOfOurs =
            noClasses().that().resideInAnyPackage(COMMON).should().dependOnClassesThat(oursOutside(COMMON));

    @ArchTest
    static final ArchRule theVectorStoreKnowsCommonAlone = noClasses()
            .that()
            .resideInAPackage("dev.milvuso.vector..")
            .should()
            .dependOnClassesThat(oursOutside(with(COMMON, "dev.milvuso.vector..")));

    @ArchTest
    static final ArchRule deployablesDoNotKnowWhatIsEmbedded = noClasses()
            .that()
            .resideInAnyPackage(DEPLOYABLES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.milvuso.embedded..", "dev.milvuso.standalone..", "dev.milvuso.vector.embedded..");

    @ArchTest
    static final ArchRule adaptersOfOnePortDoNotKnowEachOther =
            slices().matching("dev.milvuso.vector.(embedded|milvus)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule tiersDoNotKnowEachOther =
            slices().matching("dev.milvuso.server.tier.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.milvuso.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule flinkStaysAtTheEdge = staysIn("org.apache.flink..", "dev.milvuso.joiner.flink..");

    @ArchTest
    static final ArchRule javalinStaysAtTheEdge = staysIn("io.javalin..", "dev.milvuso.server.http..");

    @ArchTest
    static final ArchRule kafkaStaysAtTheEdge = staysIn(
            "org.apache.kafka..", "dev.milvuso..kafka..", "dev.milvuso.joiner.flink..", "dev.milvuso.embedded..");

    @ArchTest
    static final ArchRule redisStaysAtTheEdge =
            staysIn("redis.clients..", "dev.milvuso..redis..", "dev.milvuso.embedded..");

    @ArchTest
    static final ArchRule milvusStaysAtTheEdge = staysIn("io.milvus..", "dev.milvuso.vector.milvus..");

    @ArchTest
    static final ArchRule hadoopStaysAtTheEdge = staysIn(
            "org.apache.hadoop..", "dev.milvuso.trainer.archive.hadoop..", "dev.milvuso.vector.transfer.parquet..");

    @ArchTest
    static final ArchRule parquetStaysAtTheEdge = staysIn(
            "org.apache.parquet..",
            "dev.milvuso.trainer.archive.hadoop..",
            "dev.milvuso.trainer.data.parquet..",
            "dev.milvuso.vector.transfer.parquet..");

    @ArchTest
    static final ArchRule jdbcStaysAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackages("dev.milvuso..postgres..", "dev.milvuso.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "com.zaxxer..", "org.flywaydb..");

    @ArchTest
    static final ArchRule theCommandLineStaysAtTheEdge = staysIn("picocli..", "dev.milvuso.standalone.command..");

    @ArchTest
    static final ArchRule onlyCommandsWriteToTheStandardStreams = noClasses()
            .that()
            .resideOutsideOfPackages("dev.milvuso.standalone.command..")
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule slf4jIsTheOnlyLog = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.util.logging..",
                    "org.apache.commons.logging..",
                    "org.apache.log4j..",
                    "org.apache.logging..",
                    "ch.qos.logback..");

    @ArchTest
    static final ArchRule onlyTheEntryPointEndsTheProcess = noClasses()
            .that()
            .resideOutsideOfPackages("dev.milvuso.standalone.command..")
            .should()
            .callMethod(System.class, "exit", int.class);

    private static ArchRule staysIn(String library, String... homes) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static DescribedPredicate<JavaClass> oursOutside(String... packages) {
        return JavaClass.Predicates.resideInAPackage("dev.milvuso..")
                .and(JavaClass.Predicates.resideOutsideOfPackages(packages));
    }

    private static String[] with(String[] some, String one) {
        String[] all = Arrays.copyOf(some, some.length + 1);
        all[some.length] = one;
        return all;
    }
}
