package dev.milvuso.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveConfigTest {
    private static ArchiveConfig set(String... settings) {
        return ConfigLoader.load(Optional.empty(), Map.of(), List.of(settings)).archive();
    }

    @Test
    void nothingIsArchivedUnlessAPlaceIsNamed() {
        assertThat(set().isOn()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data/archive",
                "/srv/archive",
                "file:///srv/archive",
                "s3://bucket",
                "s3a://bucket.of-ours/a/b",
                "hdfs://names:8020/archive",
                "hdfs:///archive"
            })
    void directoriesS3AndHdfsArePlaces(String uri) {
        assertThat(set("archive.uri=" + uri).isOn()).isTrue();
        assertThat(set().at(uri).uri()).isEqualTo(uri);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "archive.uri=ftp://host/a | archive.uri is \"ftp://host/a\": must be",
                "archive.roll_bytes=1 | archive.roll_bytes is 1: must be 1024 to",
                "archive.roll_interval=2d | archive.roll_interval is \"2d\": must be \"100ms\" to \"1d\"",
                "archive.buffer_bytes=1 | archive.buffer_bytes is 1: must be",
                "archive.s3_endpoint=host:9000 | archive.s3_endpoint is \"host:9000\": must be",
                "archive.s3_region= | archive.s3_region is \"\": must be a region",
                "archive.s3_path_style=1 | archive.s3_path_style is 1: must be true or false",
            })
    void aValueOutOfRangeIsOneLineThatNamesKeyAndRange(String setting, String message) {
        assertThatThrownBy(() -> set(setting))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(message)
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"archive.uri=s3://key:hidden@bucket/a", "archive.s3_endpoint=https://key:hidden@host"})
    void credentialsInAnAddressAreRefusedAndNotRepeated(String setting) {
        assertThatThrownBy(() -> set(setting))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must be in the environment")
                .message()
                .doesNotContain("hidden");
    }
}
