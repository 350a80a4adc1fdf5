package io.flafka;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** Who may depend on whom (DESIGN, section 2), and what no class of ours does (STYLE). */
@AnalyzeClasses(packages = "io.flafka", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] CONTRACT = {
    "io.flafka.delivery..", "io.flafka.config..", "io.flafka.lock.."
  };
  private static final String[] FLUME = {
    "java..", "javax..", "org.apache.flume..", "org.slf4j..", "org.jspecify.."
  };

  @ArchTest
  static final ArchRule theContractKnowsFlumeAlone =
      classes()
          .that()
          .resideInAnyPackage(CONTRACT)
          .should(
              onlyDependOnClassesThat(resideInAnyPackage(FLUME).or(resideInAnyPackage(CONTRACT))));

  @ArchTest
  static final ArchRule linesAreReadWithoutAnyOtherModule =
      classes()
          .that()
          .resideInAPackage("io.flafka.weblog.line..")
          .should(
              onlyDependOnClassesThat(
                  resideInAnyPackage(
                      "java..", "org.jspecify..", "io.flafka.weblog.line..", "nl.basjes..")));

  @ArchTest
  static final ArchRule theKafkaModuleKnowsKafkaAndTheContract =
      classes()
          .that()
          .resideInAPackage("io.flafka.kafka..")
          .should(
              onlyDependOnClassesThat(
                  resideInAnyPackage(FLUME)
                      .or(resideInAnyPackage(CONTRACT))
                      .or(resideInAnyPackage("io.flafka.kafka..", "org.apache.kafka.."))));

  @ArchTest
  static final ArchRule theSpooldirModuleKnowsZstandardAndTheContract =
      classes()
          .that()
          .resideInAnyPackage("io.flafka.spooldir..", "io.flafka.weblog")
          .should(
              onlyDependOnClassesThat(
                  resideInAnyPackage(FLUME)
                      .or(resideInAnyPackage(CONTRACT))
                      .or(resideInAnyPackage("io.flafka.spooldir..", "io.flafka.weblog.."))
                      .or(resideInAnyPackage("com.github.luben.zstd.."))));

  @ArchTest
  static final ArchRule theHdfsModuleKnowsHadoopItsFormatsLinesAndTheContract =
      classes()
          .that()
          .resideInAPackage("io.flafka.hdfs..")
          .should(
              onlyDependOnClassesThat(
                  resideInAnyPackage(FLUME)
                      .or(resideInAnyPackage(CONTRACT))
                      .or(resideInAnyPackage("io.flafka.hdfs..", "org.apache.hadoop.."))
                      .or(resideInAnyPackage("org.apache.avro..", "org.apache.parquet.."))
                      .or(resideInAnyPackage("com.github.luben.zstd.."))
                      .or(resideInAnyPackage("com.fasterxml.jackson..", "org.ietf.jgss.."))
                      .or(resideInAnyPackage("io.flafka.weblog.line.."))));

  /** They are what Flume's flat class path sees: anything more would be linked against it. */
  @ArchTest
  static final ArchRule theComponentTypesKnowFlumeAlone =
      classes()
          .that()
          .resideInAPackage("io.flafka")
          .should(
              onlyDependOnClassesThat(
                  resideInAnyPackage(FLUME)
                      .or(resideInAnyPackage(CONTRACT))
                      .or(resideInAnyPackage("io.flafka"))));

  /** It looks at what others have written, by their own classes for it, and is in nobody's way. */
  @ArchTest
  static final ArchRule nobodyKnowsTheCommand =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.flafka.tools..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.flafka.tools..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.flafka.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|Base)(\\$.*)?");

  @ArchTest
  static final ArchRule staticsDoNotChange =
      fields().that().areStatic().and(not(nameMatching(".*\\$.*"))).should().beFinal();

  /** A clock is passed in; waiting is for a condition, unless it is the very thing to be done. */
  @ArchTest
  static final ArchRule nobodyReadsTheClockOrSleeps =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.flafka.testbed..", "io.flafka.chaos")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);
}
