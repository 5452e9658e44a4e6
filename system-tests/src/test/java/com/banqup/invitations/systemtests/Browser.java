package com.banqup.invitations.systemtests;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real browser with nobody's history, as a client's. */
final class Browser implements AutoCloseable {

	private static final Duration ELEMENT_TIMEOUT = Duration.ofSeconds(30);

	private static final Duration PAGE_LOAD_TIMEOUT = Duration.ofSeconds(120);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

	private final ChromeDriver driver;

	private Browser(ChromeDriver driver) {
		this.driver = driver;
		driver.manage().timeouts().implicitlyWait(ELEMENT_TIMEOUT).pageLoadTimeout(PAGE_LOAD_TIMEOUT);
	}

	/** What a browser test needs and this machine lacks; empty when it has all. */
	static Optional<String> missing() {
		if (onPath("chromedriver").isEmpty()) {
			return Optional.of("no chromedriver on the PATH");
		}
		return browser().isEmpty() ? Optional.of("no chromium or google-chrome on the PATH") : Optional.empty();
	}

	static Browser open() {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(browser().orElseThrow().toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
				"--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
				"--disable-sync", "--window-size=390,844", "--lang=nl");
		ChromeDriverService service = new ChromeDriverService.Builder()
			.usingDriverExecutable(onPath("chromedriver").orElseThrow().toFile())
			.withSilent(true)
			.build();
		return new Browser(new ChromeDriver(service, options));
	}

	void visit(String url) {
		this.driver.get(url);
	}

	String url() {
		return this.driver.getCurrentUrl();
	}

	/** What a person can read on the page. */
	String text() {
		return this.driver.findElement(By.tagName("body")).getText();
	}

	String language() {
		return Optional.ofNullable(this.driver.findElement(By.tagName("html")).getDomAttribute("lang")).orElse("");
	}

	boolean has(String cssSelector) {
		this.driver.manage().timeouts().implicitlyWait(Duration.ZERO);
		try {
			return !this.driver.findElements(By.cssSelector(cssSelector)).isEmpty();
		}
		finally {
			this.driver.manage().timeouts().implicitlyWait(ELEMENT_TIMEOUT);
		}
	}

	void type(String field, String value) {
		WebElement input = this.driver.findElement(By.name(field));
		if ("select".equals(input.getTagName())) {
			input.findElement(By.cssSelector("option[value='" + value + "']")).click();
			return;
		}
		input.clear();
		input.sendKeys(value);
	}

	/** Ticks a box or chooses a radio button. */
	void choose(String field, String value) {
		WebElement box = this.driver
			.findElement(By.cssSelector("input[name='%s'][value='%s']".formatted(field, value)));
		if (!box.isSelected()) {
			box.click();
		}
	}

	/**
	 * Presses the button that a selector finds, and waits for the page it leads to. The
	 * page left is known by a mark in its window, as its elements cannot be asked: while
	 * one page gives way to the next, the driver may answer such a question with an
	 * inspector error.
	 */
	void press(String cssSelector) {
		this.driver.executeScript("window.pressed = true");
		this.driver.findElement(By.cssSelector(cssSelector)).click();
		new WebDriverWait(this.driver, PAGE_LOAD_TIMEOUT, POLL_INTERVAL).ignoring(WebDriverException.class)
			.until((driver) -> this.driver
				.executeScript("return !window.pressed && document.readyState === 'complete'"));
	}

	@Override
	public void close() {
		this.driver.quit();
	}

	private static Optional<Path> browser() {
		return Stream.of("chromium", "chromium-browser", "google-chrome")
			.flatMap((name) -> onPath(name).stream())
			.findFirst();
	}

	private static Optional<Path> onPath(String program) {
		List<String> folders = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
		return folders.stream().map((folder) -> Path.of(folder, program)).filter(Files::isExecutable).findFirst();
	}

}
