package dev.milvuso.config;

import dev.milvuso.action.ActionTypes;
import dev.milvuso.topic.Topics;

/** The whole configuration, checked; one component for each section of config/default.toml. */
public record Config(
        ServerConfig server,
        ManagementConfig management,
        MilvusConfig milvus,
        KafkaConfig kafka,
        RedisConfig redis,
        PostgresConfig postgres,
        ActionTypes actions,
        RecommendationConfig recommendation,
        QualityConfig quality,
        FeaturesConfig features,
        JoinerConfig joiner,
        TrainingConfig training,
        SearchConfig search,
        AlsConfig als,
        OnlineConfig online,
        ArchiveConfig archive,
        RegistryConfig registry,
        TasteConfig taste,
        ColdstartConfig coldstart,
        SequenceConfig sequence,
        RankingConfig ranking) {
    /** @throws ConfigException if sections contradict each other */
    public Config {
        if (recommendation.embeddingDim() != milvus.dimension()) {
            throw new ConfigException("recommendation.embedding_dim is " + recommendation.embeddingDim()
                    + " and milvus.dimension is " + milvus.dimension() + ": must be equal");
        }
        quality.check(actions);
    }

    /** The topics under their configured names. */
    public Topics topics() {
        return Topics.named(kafka.logTopic(), kafka.featureTopic(), kafka.trainingTopic(), kafka.embeddingTopic());
    }
}
